import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMediaEngine } from '../../src/media/create-engine.ts'
import type { MediaEngine, MediaEvent, MediaSession } from '../../src/media/engine.ts'
import { readWav } from '../../src/media/wav/read-wav.ts'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import { type CodecName, type Negotiation, openNegotiation } from '../../src/sdp/index.ts'
import { startChromium } from '../helpers/browser.ts'
import { type BrowserPeer, openBrowserPeer } from '../helpers/browser-peer.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, run } from '../helpers/processes.ts'
import { bandDb, speak, transcribe, wordsHeard } from '../helpers/speech.ts'

const AT = '127.0.0.1'
const OURS = 'please call the hospital about seven'
const THEIRS = 'the train to london leaves at nine'

/** Chromium's own WebRTC before the media engine, without any SIP between them. */
describeWith(['chromium', 'flite', 'sox', 'pocketsphinx_continuous'], 'sound with a browser', () => {
  let browser: Browser
  let media: MediaEngine
  let site: Server
  let folder: string
  let origin: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'browser-media-'))
    const microphone = join(folder, 'microphone.wav')
    const said = await speak(THEIRS, { leadSeconds: 0.5, padSeconds: 1 })
    await run('sox', [said.wide, '-r', '48000', microphone])
    browser = await startChromium({ microphone })
    media = await createMediaEngine({
      workers: 1,
      ports: { from: 37_000, to: 37_099 },
      journalDir: join(folder, 'journal'),
      recordingsDir: join(folder, 'recordings'),
      journalBytes: 8 << 20,
    })
    const { samples, sampleRate } = readWav(await readFile((await speak(OURS)).wav))
    await media.loadClip('words', samples, sampleRate)
    site = createServer((_request, response) => response.end('<!doctype html><title>a page</title>'))
    site.listen(0, AT)
    await once(site, 'listening')
    origin = `http://localhost:${(site.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await browser?.close()
    await media?.close()
    site?.close()
  })

  interface Side extends AsyncDisposable {
    readonly session: MediaSession
    readonly negotiation: Negotiation
    readonly events: MediaEvent[]
    readonly peer: BrowserPeer
    until(kind: MediaEvent['kind']): Promise<MediaEvent>
  }

  async function openSide(codecs?: readonly CodecName[]): Promise<Side> {
    const events: MediaEvent[] = []
    const fingerprint = await media.browserFingerprint()
    const session = await media.openSession(AT, (event) => events.push(event))
    const negotiation = openNegotiation({
      address: AT,
      sessionId: 4711,
      ...(codecs && { codecs }),
      browser: { ice: { usernameFragment: 'lampglow', password: 'kitchentabletkitchentablet' }, fingerprint },
    })
    negotiation.port = session.local.port
    const peer = await openBrowserPeer(browser, origin)
    return {
      session,
      negotiation,
      events,
      peer,
      until: (kind) => eventually(async () => events.find((event) => event.kind === kind), 15_000),
      async [Symbol.asyncDispose]() {
        await peer.close()
        await session.close()
      },
    }
  }

  function settled({ negotiation, session }: Side): void {
    if (!negotiation.flow) throw new Error('nothing was settled')
    session.setFlow(negotiation.flow)
  }

  /** @returns the recording of what the browser said */
  async function conversation(side: Side): Promise<string> {
    const { session, peer, until } = side
    await until('connected')
    // What comes before its sound has started is lost on it.
    await eventually(async () => (await peer.heard()).length > 0, 15_000)
    session.startTake({ takeId: `take-${session.local.port}`, meta: {} })
    session.play('words', 'said')
    await until('played')
    await eventually(
      async () => (await peer.stats('remote-inbound-rtp'))['roundTripTime'] !== undefined,
      15_000,
    )
    const heardByBrowser = await transcribe(writeWav(await peer.heard(), 8000))
    expect(wordsHeard(heardByBrowser, OURS.split(' ')).length, heardByBrowser).toBeGreaterThanOrEqual(3)
    const inbound = await peer.stats('inbound-rtp')
    expect(inbound['packetsReceived']).toBeGreaterThan(100)
    expect(inbound['packetsLost']).toBe(0)

    session.stopTake()
    const ended = await until('take-ended')
    if (ended.kind !== 'take-ended') throw new Error('no take')
    await media.whenSaved(ended.take.takeId)
    const recording = join(folder, 'recordings', ended.take.file)
    const heardByUs = await transcribe(recording)
    media.releaseTake(ended.take.takeId)
    expect(wordsHeard(heardByUs, THEIRS.split(' ')).length, heardByUs).toBeGreaterThanOrEqual(3)
    return recording
  }

  it('goes both ways after an offer of the browser, which puts Opus first', async () => {
    await using side = await openSide()
    expect(side.negotiation.takeOffer(await side.peer.offer())).toBeUndefined()
    settled(side)
    await side.peer.takeAnswer(side.negotiation.answer())
    expect(side.negotiation.flow).toMatchObject({ codec: 'opus', eventPayloadType: expect.any(Number) })
    const recording = await conversation(side)
    expect(readWav(await readFile(recording)).sampleRate).toBe(16_000)
    expect(await bandDb(recording, '4k', '7k')).toBeGreaterThan(-30)
    await side.peer.hangUp()
    await side.until('rtp-lost')
    const stats = await side.session.close()
    expect(stats.packetsReceived).toBeGreaterThan(100)
    expect(stats.packetsLost).toBe(0)
  })

  it('goes both ways after an offer of ours, in what that puts first', async () => {
    await using side = await openSide(['PCMU', 'opus'])
    expect(side.negotiation.takeAnswer(await side.peer.answer(side.negotiation.offer()))).toBe(true)
    expect(side.negotiation.flow).toMatchObject({ codec: 'PCMU' })
    settled(side)
    await conversation(side)
  })
})
