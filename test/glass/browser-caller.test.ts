import { describe, expect, it } from 'vitest'
import { writeRtpHeader } from '../../src/media/rtp/packet.ts'
import { BROWSER, HOUSE, type InMemoryHouse, openHouse } from '../helpers/in-memory-house.ts'
import { numberedFrame } from '../helpers/numbered-frames.ts'
import { scriptedPhone } from '../helpers/scripted-phone.ts'
import { seededRandom } from '../helpers/seeded-random.ts'
import { dealSessions } from './deal-sessions.ts'
import { out } from './hold-against-out.ts'
import { answerTo, soundOf } from './pages.ts'
import { handledPackets } from './planted-leaks.ts'
import { listening, pagesListening } from './sides/listening.ts'
import { LAN, openStage, PHONES, type Side } from './stage.ts'
import { differenceBetween } from './trace/difference.ts'
import { nameSipTokens } from './trace/name-sip-tokens.ts'
import { type TokenNames, tokenNames } from './trace/token-names.ts'

const READY_MS = 10_003
const RING_MS = 4000
const PORT = 5000

/** A browser calls by a link, leaves a message and hangs up. Returns what reached it, by WebSocket and by UDP. */
async function playBrowserCall(side: Side, proved = false): Promise<readonly string[]> {
  await using house = await openHouse({
    line: { ringSeconds: RING_MS / 1000 },
    alsoAt: [LAN],
    phonesFrom: ['10.0.0.0/8'],
    phones: PHONES,
    seed: side.name.length,
    through: { ...side.house?.through, media: dealSessions(HOUSE) },
  })
  const stage = openStage(house)
  const { testCalls, lines } = house.machine
  const doings = await side.prepare?.(stage)
  await stage.pass(READY_MS - house.clock.monotonic())
  const since = house.clock.monotonic()
  testCalls.invite('link', { lineId: lines[0]?.id ?? '', lineName: 'home', expiresAt: house.clock.now() + 1 })
  const wire = house.browser(testCalls.enter('link') ?? '')
  const phone = scriptedPhone({
    ...{ wire, clock: house.clock, random: seededRandom(5), user: 'friend', domain: HOUSE },
    ...{ believes: 'df7jal23ls0d.invalid', browser: true },
  })
  doings?.during?.()
  const call = phone.call(`sip:home@${HOUSE}`)
  await stage.pass(RING_MS + 20)
  const { browser, check, secure } = soundOf(stage, call, answerTo(call), PORT)
  check()
  await stage.pass(40)
  secure()
  await stage.pass(3800)
  for (let frame = 0; frame < 300; frame++) {
    const packet = Buffer.concat([Buffer.alloc(12), numberedFrame(frame)])
    writeRtpHeader(packet, frame === 0, 0, frame, frame * 160, 4711)
    browser.sendRtp(packet)
    if (frame % 125 === 0) check()
    await stage.pass(20)
  }
  call.hangUp()
  await stage.pass(2000)
  if (proved) doings?.happened?.()
  return traceOf(house, phone.heard, since)
}

function traceOf(
  { rtp }: Pick<InMemoryHouse, 'rtp'>,
  messages: readonly { readonly at: number; readonly text: string }[],
  since: number,
): readonly string[] {
  const names = tokenNames()
  const heard = [
    ...messages.map(({ at, text }) => ({
      at,
      line: () => `SIP  ${nameIceTokens(nameSipTokens(text, names), names)}`,
    })),
    ...rtp.carried
      .filter(({ to }) => to.address === BROWSER && to.port === PORT)
      .map(({ at, from, bytes }) => ({ at, line: () => `UDP  ${names.port(from.port)} ${nameMac(bytes)}` })),
  ]
  return heard
    .sort((a, b) => a.at - b.at)
    .map(({ at, line }) => `+${(at - since).toFixed(3).padStart(10)} ms ${line()}`)
}

/** RFC 8839 §5.4: drawn for each session; the candidate's port is that of the m-line. */
const nameIceTokens = (text: string, names: TokenNames): string =>
  text
    .replace(/(?<=^a=ice-(?:ufrag|pwd):)[0-9a-f]{8,32}$/gm, (value) => names.name('ice', value))
    .replace(/(?<=^a=candidate:1 1 udp 2130706431 \S+ )\d+/gm, (port) => names.port(Number(port)))

/** An answer to a check ends with a signature under the password, and a checksum over it; all else is as it was sent. */
const nameMac = (bytes: Buffer): string =>
  (bytes[0] ?? 0) <= 3 ? `${bytes.toString('hex', 0, bytes.length - 28)} <signed>` : bytes.toString('hex')

describe('a browser that calls', () => {
  const expected = playBrowserCall(out)
  const against = async (side: Side, proved = false) =>
    differenceBetween(
      { name: out.name, trace: await expected },
      { name: side.name, trace: await playBrowserCall(side, proved) },
    )

  it('hears the machine', async () => {
    const trace = await expected
    expect(trace.filter((line) => line.includes(' SIP '))).toHaveLength(4)
    expect(trace.filter((line) => /UDP {2}<port 1> 80/.test(line)).length).toBeGreaterThan(400)
  })

  const sides = [pagesListening, ...listening.filter(({ name }) => name.startsWith('ten listeners'))]
  it.each(sides)('hears the same as when everybody is out: $name', async (side) => {
    expect(await against(side, side === pagesListening)).toBeUndefined()
  })

  it('would notice if a page that listens made packets late', async () => {
    const leak = handledPackets('rtp', (packet, send, clock) => void clock.setTimer(1, () => send(packet)))
    const leaky: Side = {
      ...pagesListening,
      house: { through: leak.through },
      async prepare(stage) {
        const doings = await pagesListening.prepare?.(stage)
        stage.at(READY_MS + 5000, leak.open)
        return doings ?? {}
      },
    }
    expect(await against(leaky)).toMatch(/differ in \d+ of \d+ messages and packets/)
  })
})
