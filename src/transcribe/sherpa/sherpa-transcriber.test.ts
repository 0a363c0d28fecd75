import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../../test/helpers/fake-clock.ts'
import { tinyModel, writeTinySpeechModel } from '../../../test/helpers/speech-model/tiny-speech-model.ts'
import { systemClock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { textOf } from '../gather.ts'
import { describeTranscriber, listenTo } from '../transcriber.contract.ts'
import { keepEngine } from './keep-engine.ts'
import { sherpaTranscriber } from './sherpa-transcriber.ts'
import { type Engine, startEngine } from './start-engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerphone-model-'))
const kinds = ['streaming', 'whole'] as const
for (const kind of kinds) writeTinySpeechModel(join(folder, kind), kind)
afterAll(() => rmSync(folder, { recursive: true }))

const open = (kind: (typeof kinds)[number], start = startEngine) =>
  sherpaTranscriber(kind, {
    ...{ model: async () => tinyModel(join(folder, kind), kind), language: null },
    ...{ staysReady: false, clock: systemClock, start },
  })
const childrenOf = () =>
  execFileSync('ps', ['-o', 'pid=,ni=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('engine-process'))
    .map((line) => line.trim().split(/\s+/))

for (const kind of kinds)
  describeTranscriber(`model for ${kind} sound`, async () => {
    const transcriber = open(kind)
    return {
      transcriber,
      texts: ['ah', 'ah'],
      [Symbol.asyncDispose]: async () => transcriber.close?.(),
    }
  })

describe('the process in which sherpa-onnx listens', () => {
  it('has little priority, and none of it is left', async () => {
    const transcriber = open('streaming')
    await listenTo(transcriber, { isLive: false })
    expect(childrenOf().map(([, niceness]) => niceness)).toEqual(['19'])
    await transcriber.close?.()
    expect(childrenOf()).toEqual([])
  })

  it('takes two sounds at once apart', async () => {
    const transcriber = open('streaming')
    const both = await Promise.all([true, false].map((isLive) => listenTo(transcriber, { isLive })))
    expect(both.map(({ gathered }) => textOf(gathered.segments))).toEqual(['ah ah', 'ah ah'])
    expect(childrenOf()).toHaveLength(1)
    await transcriber.close?.()
  })

  it('dies of what it is listening to, and the next one listens by another', async () => {
    const transcriber = open('streaming')
    const dying = listenTo(transcriber, { isLive: true })
    await expect.poll(() => childrenOf().length).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 200))
    process.kill(Number(childrenOf()[0]?.[0]), 'SIGSEGV')
    await expect(dying).rejects.toMatchObject({
      code: 'AP_SPEECH_ENGINE_FAILED',
      details: { why: expect.stringContaining('SIGSEGV') },
    })
    expect(textOf((await listenTo(transcriber, { isLive: false })).gathered.segments)).toBe('ah ah')
    await transcriber.close?.()
  })

  it('dies with sound on its way, or is told to stop: neither leaves anything open', async () => {
    const transcriber = open('streaming')
    const hearUntil = async (act: (pid: number, ending: AbortController) => void) => {
      const ending = new AbortController()
      let isLeft = false
      const sound = (async function* () {
        try {
          for (let n = 0; n < 50; n++) yield new Int16Array(1600)
        } finally {
          isLeft = true
        }
      })()
      await expect.poll(() => childrenOf().length).toBe(1)
      const pid = Number(childrenOf()[0]?.[0])
      process.kill(pid, 'SIGSTOP')
      const listening = (async () => {
        const { signal } = ending
        for await (const _ of transcriber.listen(sound, { language: null, isLive: false, signal }));
      })()
      setTimeout(() => act(pid, ending), 200)
      await expect(listening).rejects.toThrow()
      await expect.poll(() => isLeft).toBe(true)
    }
    await listenTo(transcriber, { isLive: false })
    await hearUntil((pid, ending) => {
      ending.abort()
      process.kill(pid, 'SIGCONT')
    })
    await hearUntil((pid) => process.kill(pid, 'SIGKILL'))
    await transcriber.close?.()
  })

  it('says what it died of to whoever asks in that moment, and later', async () => {
    const { signal } = new AbortController()
    const engine = await startEngine(tinyModel(join(folder, 'streaming'), 'streaming'), null, signal)
    engine.tell({ kind: 'open', id: 1, isLive: true })
    process.kill(Number(childrenOf()[0]?.[0]), 'SIGSEGV')
    const answers: Promise<unknown>[] = []
    for (let ended = false; !ended; ) {
      answers.push(engine.ask({ kind: 'end', id: 1 }).catch((error) => error.details?.why))
      ended = await Promise.race([engine.ended.then(() => true), setImmediate(false)])
    }
    answers.push(engine.ask({ kind: 'end', id: 1 }).catch((error) => error.details?.why))
    for (const why of await Promise.all(answers)) expect(why).toContain('SIGSEGV')
  })

  it('is killed while it loads, too', async () => {
    const ending = new AbortController()
    const starting = startEngine(tinyModel(join(folder, 'streaming'), 'streaming'), null, ending.signal)
    process.kill(Number(childrenOf()[0]?.[0]), 'SIGSTOP')
    ending.abort()
    await expect(starting).rejects.toMatchObject({ details: { why: expect.stringContaining('SIGKILL') } })
    expect(childrenOf()).toEqual([])
  })

  it('says what sherpa-onnx does not like of a model', async () => {
    const broken = join(folder, 'broken')
    writeTinySpeechModel(broken, 'streaming')
    writeFileSync(join(broken, 'tokens.txt'), 'ah 0\n')
    const model = tinyModel(broken, 'streaming')
    await expect(startEngine(model, null, new AbortController().signal)).rejects.toMatchObject({
      code: 'AP_SPEECH_ENGINE_FAILED',
      details: { why: expect.stringMatching(/ended with 255: .*tokens\.txt/) },
    })
    writeFileSync(join(broken, 'model.onnx'), readFileSync(join(folder, 'whole', 'model.onnx')).subarray(9))
    await expect(startEngine(model, null, new AbortController().signal)).rejects.toMatchObject({
      code: 'AP_SPEECH_ENGINE_FAILED',
    })
  })
})

/** A scripted engine in the place of the process. */
function scripted(clock: FakeClock, { staysReady }: { staysReady: boolean }) {
  const engines: (Engine & { die(): void; isKilled: boolean })[] = []
  let failing = false
  const kept = keepEngine({
    ...{ model: async () => tinyModel(folder, 'whole'), language: null, staysReady, clock },
    async start() {
      if (failing) throw new AnswerphoneError('AP_SPEECH_ENGINE_FAILED', { why: 'scripted' })
      const { promise: ended, resolve: die } = Promise.withResolvers<void>()
      const engine = {
        ...{ ended, die, isKilled: false, ask: async () => [], tell() {} },
        kill() {
          engine.isKilled = true
          die()
        },
      }
      engines.push(engine)
      return engine
    },
  })
  const settle = async (ms = 0) => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    await clock.advanceAsync(ms)
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
  const hold = () => kept.hold(new AbortController().signal)
  const fail = (on: boolean) => {
    failing = on
  }
  return { kept, engines, settle, hold, fail }
}

describe('an engine that is kept', () => {
  it('is started at the first want, and gives its memory back after a minute', async () => {
    const clock = fakeClock()
    const { kept, engines, settle, hold } = scripted(clock, { staysReady: false })
    await settle(1000)
    expect(engines).toHaveLength(0)
    const [one, two] = await Promise.all([hold(), hold()])
    expect(engines).toHaveLength(1)
    one[Symbol.dispose]()
    one[Symbol.dispose]()
    await settle(120_000)
    expect(engines[0]?.isKilled).toBe(false)
    two[Symbol.dispose]()
    await settle(59_000)
    ;(await hold())[Symbol.dispose]()
    await settle(59_000)
    expect(engines[0]?.isKilled).toBe(false)
    await settle(1000)
    expect(engines[0]?.isKilled).toBe(true)
    await hold()
    expect(engines).toHaveLength(2)
    await kept.close()
    expect(engines[1]?.isKilled).toBe(true)
    expect(clock.pending).toBe(0)
  })

  it('that stays ready is there before anybody speaks, and again after it died: later and later', async () => {
    const clock = fakeClock()
    const { kept, engines, settle } = scripted(clock, { staysReady: true })
    await settle()
    for (const [n, pauseMs] of [1000, 5000, 30_000, 60_000, 60_000].entries()) {
      expect(engines).toHaveLength(n + 1)
      engines[n]?.die()
      await settle(pauseMs - 1)
      expect(engines).toHaveLength(n + 1)
      await settle(1)
    }
    // Who has lived for long is not to blame for those before.
    await settle(61_000)
    engines.at(-1)?.die()
    await settle(1000)
    expect(engines).toHaveLength(7)
    await kept.close()
    await settle(600_000)
    expect(engines).toHaveLength(7)
    expect(clock.pending).toBe(0)
  })

  it('that can not be started fails whoever wants it, after ever longer pauses; who waits may stop', async () => {
    const clock = fakeClock()
    const { kept, engines, settle, hold, fail } = scripted(clock, { staysReady: false })
    fail(true)
    await expect(hold()).rejects.toMatchObject({ code: 'AP_SPEECH_ENGINE_FAILED' })
    const stopping = new AbortController()
    const waiting = kept.hold(stopping.signal)
    stopping.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    fail(false)
    const held = hold()
    await settle(1000)
    await held
    expect(engines).toHaveLength(1)
    await kept.close()
    expect(clock.pending).toBe(0)
  })
})
