import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../test/helpers/api-desk.ts'
import { until } from '../../test/helpers/until.ts'
import type { SoundPacket } from '../media/recorder/recorder.ts'
import { AnswerphoneError, type ErrorCode } from '../shared/errors.ts'
import { silentLog } from '../shared/log.ts'
import { callRow } from '../store/contract/sample-rows.contract.ts'
import { openTranscription, type Transcription } from './open-transcription.ts'
import { keepTranscription, type TranscriptionSettings } from './settings.ts'
import type { Heard, Transcriber } from './transcriber.ts'

let desk: ApiDesk
let transcription: Transcription
/** What the transcriber does. */
let hears: Transcriber['listen']
let hearsAgain: boolean
let listened: { isLive: boolean; samples: number }[]

const kept = () => keepTranscription(desk.store, desk.folder)
const turnOn = async (change: Partial<TranscriptionSettings> = {}) =>
  kept().write({ ...(await kept().read()), by: 'command', command: 'x', ...change })
const open = () =>
  openTranscription({
    ...{ store: desk.store, mailboxes: desk.mailboxes, kept: kept(), clock: desk.clock, log: silentLog },
    open: ({ by }) =>
      by === 'off'
        ? undefined
        : { name: 'scripted', sampleRate: 8000, isLive: true, hearsAgain, listen: (...all) => hears(...all) },
  })
const later = async (ms: number) => {
  for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next))
  await desk.clock.advanceAsync(ms)
  for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next))
}
const stateOf = async (id: string) => (await desk.store.transcripts.get(id))?.state
const segment = (text: string, startMs = 0): Heard => ({
  kind: 'segment',
  segment: { text, startMs, endMs: startMs + 500 },
})

const says: Transcriber['listen'] = async function* (sound, { isLive }) {
  let samples = 0
  let said = 0
  for await (const pcm of sound) {
    samples += pcm.length
    if (!isLive) continue
    yield { kind: 'partial', text: `word ${said}` }
    if (samples >= (said + 1) * 4000) yield segment(`live ${said++}`, said * 500)
  }
  listened.push({ isLive, samples })
  if (!isLive) yield segment('all of it')
}

/** 100 ms of G.711 a time. */
function packets(first: number, count = 5): SoundPacket[] {
  return Array.from({ length: count }, (_, n) => ({
    ...{ codec: 'PCMU' as const, ssrc: 7, payload: new Uint8Array(160).fill(0x20) },
    ...{ arrivedAt: (first + n) * 20, sequence: first + n, timestamp: (first + n) * 160 },
  }))
}
const take = (takeId: string) =>
  transcription.hearTake({ takeId, meta: { callId: `call-${takeId}`, kind: 'message' } })
async function speak(takeId: string, seconds: number) {
  const onSound = take(takeId)
  for (let at = 0; at < seconds * 10; at++) {
    onSound?.(packets(at * 5))
    await later(100)
  }
  return onSound
}

beforeEach(async () => {
  desk = await openApiDesk()
  hears = says
  hearsAgain = false
  listened = []
})
afterEach(async () => {
  await transcription[Symbol.asyncDispose]()
  await desk[Symbol.asyncDispose]()
  expect(desk.clock.pending).toBe(0)
})

describe('the transcription', () => {
  it('does nothing until it is set up, and then writes down what comes', async () => {
    transcription = await open()
    const before = await desk.leaveMessage()
    await transcription.messageAdded(before.id)
    expect(take('t')).toBeUndefined()
    expect(await stateOf(before.id)).toBeUndefined()
    expect(transcription.waitMs).toBe(0)
    await transcription.ready(before.id)

    await turnOn({ since: desk.clock.now() + 1 })
    await later(100)
    expect(transcription.waitMs).toBe(20_000)
    const { id } = await desk.leaveMessage({ receivedAt: desk.clock.now() })
    await transcription.messageAdded(id)
    await until(async () => (await stateOf(id)) === 'done')
    expect(await desk.store.transcripts.get(id)).toMatchObject({
      text: 'all of it',
      by: 'scripted',
      tries: 1,
    })
    expect(listened).toEqual([{ isLive: false, samples: 8000 }])
    expect((await desk.store.messages.list({ q: 'all it', limit: 9 })).rows).toHaveLength(1)
    expect(await stateOf(before.id)).toBeUndefined()

    await turnOn({ since: 0 })
    await until(async () => (await stateOf(before.id)) === 'done')
  })

  it('finds after a crash what was left to do', async () => {
    await turnOn()
    const { id } = await desk.leaveMessage()
    transcription = await open()
    await until(async () => (await stateOf(id)) === 'done')
  })

  it('writes while somebody speaks: nobody hears it again, and words are told five times a second at most', async () => {
    await turnOn()
    transcription = await open()
    const told: string[] = []
    transcription.watch((callId, { text, partial }) => told.push(`${callId}: ${text} | ${partial}`))
    const { id } = await desk.leaveMessage({ state: 'trash', stateBeforeTrash: 'new', trashedAt: 1 })
    const onSound = await speak(id, 2)
    expect(transcription.wordsOf(`call-${id}`)?.text).toMatch(/^live 0 live 1/)
    expect(told.length).toBeGreaterThanOrEqual(8)
    expect(told.length).toBeLessThanOrEqual(11)
    expect(told).toContain(`call-${id}: live 0 | word 1`)
    onSound?.(undefined)
    await transcription.messageAdded(id)
    expect(await desk.store.transcripts.get(id)).toMatchObject({
      state: 'done',
      text: 'live 0 live 1 live 2 live 3',
    })
    expect(listened).toEqual([{ isLive: true, samples: 16_000 }])
    expect(transcription.wordsOf(`call-${id}`)).toBeUndefined()
  })

  it('keeps with its call what it heard of a name, and tells of what is said after it', async () => {
    await turnOn()
    transcription = await open()
    await desk.store.calls.add(callRow('call-n', { gate: { kind: 'name', went: 'passed', name: null } }))
    const hear = (takeId: string) => transcription.hearTake({ takeId, meta: { callId: 'call-n' } })
    const name = hear('name')
    for (let at = 0; at < 12; at++) {
      name?.(packets(at * 5))
      await later(100)
    }
    name?.(undefined)
    const said = { takeId: 'name', file: 'name.wav', durationMs: 1200, words: null }
    await transcription.nameSaid('call-n', said)
    expect((await desk.store.calls.get('call-n'))?.gate?.name).toEqual({ ...said, words: 'live 0 live 1' })
    hear('message')?.(packets(0, 40))
    await later(100)
    expect(transcription.wordsOf('call-n')?.text).toBe('live 0')
    transcription.callEnded('call-n')
    await later(100)
  })

  it('hears a name from its recording where nothing was heard live, and knows no words where that fails', async () => {
    await turnOn({ live: false })
    transcription = await open()
    const { file } = await desk.leaveMessage()
    const said = { takeId: 'name', file, durationMs: 1000, words: null }
    await desk.store.calls.add(callRow('call-n', { gate: { kind: 'name', went: 'passed', name: said } }))
    expect(await transcription.nameSaid('call-n', said)).toBe('all of it')
    expect((await desk.store.calls.get('call-n'))?.gate?.name).toEqual({ ...said, words: 'all of it' })
    // biome-ignore lint/correctness/useYield: it has nothing to say.
    hears = async function* () {
      throw new AnswerphoneError('AP_TRANSCRIBER_FAILED', { why: 'no reason' })
    }
    expect(await transcription.nameSaid('call-n', said)).toBe('')
    expect(await transcription.nameSaid('call-gone', said)).toBe('')
  })

  it('hears names one after the other, a few at most, and lets messages wait for them', async () => {
    await turnOn({ live: false })
    transcription = await open()
    const { id, file } = await desk.leaveMessage()
    const said = { takeId: 'name', file, durationMs: 1000, words: null }
    await desk.store.calls.add(callRow('call-n', { gate: { kind: 'name', went: 'passed', name: said } }))
    const goOn = Promise.withResolvers<void>()
    let begun = 0
    hears = async function* (...of) {
      begun++
      await goOn.promise
      yield* says(...of)
    }
    const names = Array.from({ length: 10 }, () => transcription.nameSaid('call-n', said))
    await until(() => begun === 1)
    await transcription.messageAdded(id)
    await later(100)
    expect(begun).toBe(1)
    goOn.resolve()
    expect((await Promise.all(names)).filter((words) => words === 'all of it')).toHaveLength(8)
    await until(async () => (await stateOf(id)) === 'done')
  })

  it('hears again what a server has heard in pieces only', async () => {
    hearsAgain = true
    await turnOn()
    transcription = await open()
    const { id } = await desk.leaveMessage({ state: 'trash', stateBeforeTrash: 'new', trashedAt: 1 })
    ;(await speak(id, 1))?.(undefined)
    await transcription.messageAdded(id)
    await until(async () => (await stateOf(id)) === 'done')
    expect(await desk.store.transcripts.get(id)).toMatchObject({ text: 'all of it' })
    expect(listened.map(({ isLive }) => isLive)).toEqual([true, false])
  })

  it('hears from the recording what it could not hear live', async () => {
    hears = async function* (sound, { isLive, signal }) {
      if (isLive) throw new AnswerphoneError('AP_TRANSCRIBER_FAILED', { why: 'no' })
      yield* says(sound, { isLive, signal, language: null })
    }
    await turnOn()
    transcription = await open()
    const { id } = await desk.leaveMessage({ state: 'trash', stateBeforeTrash: 'new', trashedAt: 1 })
    const onSound = await speak(id, 1)
    onSound?.(undefined)
    await transcription.messageAdded(id)
    await until(async () => (await stateOf(id)) === 'done')
  })

  it('gives up live where the transcriber does not keep up, and hears two at once at most', async () => {
    let stopped = false
    hears = async function* (sound, { signal }) {
      signal.addEventListener('abort', () => {
        stopped = true
      })
      for await (const _ of sound) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        signal.throwIfAborted()
        yield segment('never')
      }
    }
    await turnOn()
    transcription = await open()
    const onSound = take('a')
    expect(take('b')).toBeDefined()
    expect(take('c')).toBeUndefined()
    expect(transcription.hearTake({ takeId: 'd', meta: { callId: 'd' }, both: true })).toBeUndefined()
    for (let at = 0; at < 29 * 10; at++) onSound?.(packets(at * 5))
    expect(stopped).toBe(false)
    for (let at = 290; at < 310; at++) onSound?.(packets(at * 5))
    expect(stopped).toBe(true)
    await later(60_000)
  })

  it('tries again what failed, less and less often, and gives up', async () => {
    const failWith = (code: ErrorCode) => {
      // biome-ignore lint/correctness/useYield: it fails before it has anything to say
      hears = async function* () {
        listened.push({ isLive: false, samples: 0 })
        throw new AnswerphoneError(code, { why: 'the reason' })
      }
    }
    failWith('AP_TRANSCRIBER_FAILED')
    await turnOn()
    transcription = await open()
    const { id } = await desk.leaveMessage()
    await transcription.messageAdded(id)
    await until(async () => (await desk.store.transcripts.get(id))?.problem === 'AP_TRANSCRIBER_FAILED')
    expect(await desk.store.transcripts.get(id)).toMatchObject({
      state: 'waiting',
      tries: 1,
      detail: 'the reason',
    })
    await later(60_000)
    await until(async () => (await desk.store.transcripts.get(id))?.tries === 2 && listened.length === 2)
    await later(300_000)
    await until(async () => (await stateOf(id)) === 'failed')
    expect(listened).toHaveLength(3)
    hears = says
    await desk.store.transcripts.again(id, desk.clock.now())
    await until(async () => (await stateOf(id)) === 'done')

    failWith('AP_TRANSCRIBER_REFUSED')
    const other = await desk.leaveMessage()
    await transcription.messageAdded(other.id)
    await until(async () => (await stateOf(other.id)) === 'failed')
  })

  it('has news of a message wait for its words, and no longer than it is told', async () => {
    await turnOn({ waitSeconds: 5 })
    let say = () => {}
    let asked = 0
    hears = async function* (_, { signal }) {
      asked++
      await new Promise<void>((resolve) => {
        say = resolve
        signal.addEventListener('abort', () => resolve())
      })
      yield segment('at last')
    }
    transcription = await open()
    const { id } = await desk.leaveMessage()
    const order: string[] = []
    await desk.store.mails.add([
      {
        ...{
          id: 'mail',
          messageId: id,
          lineNews: null,
          lockNews: null,
          fillNews: null,
          recipient: 'a@b.example',
          format: 'wav',
          note: '',
          by: 'machine',
        },
        ...{ state: 'waiting', createdAt: 0, tries: 0, nextAt: desk.clock.now() + 5000, endedAt: null },
        ...{ problem: null, detail: '' },
      },
    ])
    await transcription.messageAdded(id)
    void transcription.ready(id).then(() => order.push('told'))
    await until(async () => asked === 1)
    await later(4900)
    expect(order).toEqual([])
    say()
    await until(async () => order.length > 0)
    await until(async () => (await desk.store.mails.nextAt()) === desk.clock.now())

    const late = await desk.leaveMessage()
    await transcription.messageAdded(late.id)
    void transcription.ready(late.id).then(() => order.push('late'))
    void transcription.ready(late.id, 1000).then(() => order.push('in a hurry'))
    await until(async () => asked === 2)
    await later(5000)
    expect(order).toEqual(['told', 'in a hurry', 'late'])
    // Who asks later is told when it is there, though others have given up.
    void transcription.ready(late.id).then(() => order.push('still'))
    say()
    await until(async () => order.includes('still'))
    await until(async () => (await stateOf(late.id)) === 'done')
  })

  it('stops in the middle, and that was no try', async () => {
    await turnOn()
    hears = async function* (_, { signal }) {
      // It may be stopped before it has begun.
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
      signal.throwIfAborted()
      yield segment('never')
    }
    transcription = await open()
    const { id } = await desk.leaveMessage()
    await transcription.messageAdded(id)
    await until(async () => (await desk.store.transcripts.get(id))?.tries === 1)
    await later(0)
    await transcription[Symbol.asyncDispose]()
    expect(await desk.store.transcripts.get(id)).toMatchObject({ tries: 0, state: 'waiting' })
  })
})
