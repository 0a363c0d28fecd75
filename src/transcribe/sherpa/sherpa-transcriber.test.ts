import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { tinyModel, writeTinySpeechModel } from '../../../test/helpers/speech-model/tiny-speech-model.ts'
import { systemClock } from '../../shared/clock.ts'
import { textOf } from '../gather.ts'
import { describeTranscriber, listenTo } from '../transcriber.contract.ts'
import { sherpaTranscriber } from './sherpa-transcriber.ts'
import { startEngine } from './start-engine.ts'

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
