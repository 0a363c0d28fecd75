import { describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../test/helpers/fake-clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { keepProcess } from './keep-process.ts'

interface Scripted {
  readonly ended: Promise<void>
  die(): void
  kill(): void
  isKilled: boolean
}

/** Scripted ones in the place of processes. */
function scripted(clock: FakeClock, { staysReady }: { staysReady: boolean }) {
  const processes: Scripted[] = []
  let failing = false
  const kept = keepProcess<Scripted>({
    ...{ staysReady, clock },
    async start() {
      if (failing) throw new AnswerphoneError('AP_SPEECH_ENGINE_FAILED', { why: 'scripted' })
      const { promise: ended, resolve: die } = Promise.withResolvers<void>()
      const one = {
        ...{ ended, die, isKilled: false },
        kill() {
          one.isKilled = true
          die()
        },
      }
      processes.push(one)
      return one
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
  return { kept, processes, settle, hold, fail }
}

describe('a process that is kept', () => {
  it('is started at the first want, and gives its memory back after a minute', async () => {
    const clock = fakeClock()
    const { kept, processes, settle, hold } = scripted(clock, { staysReady: false })
    await settle(1000)
    expect(processes).toHaveLength(0)
    const [one, two] = await Promise.all([hold(), hold()])
    expect(processes).toHaveLength(1)
    one[Symbol.dispose]()
    one[Symbol.dispose]()
    await settle(120_000)
    expect(processes[0]?.isKilled).toBe(false)
    two[Symbol.dispose]()
    await settle(59_000)
    ;(await hold())[Symbol.dispose]()
    await settle(59_000)
    expect(processes[0]?.isKilled).toBe(false)
    await settle(1000)
    expect(processes[0]?.isKilled).toBe(true)
    await hold()
    expect(processes).toHaveLength(2)
    await kept.close()
    expect(processes[1]?.isKilled).toBe(true)
    expect(clock.pending).toBe(0)
  })

  it('that stays ready is there before anybody speaks, and again after it died: later and later', async () => {
    const clock = fakeClock()
    const { kept, processes, settle } = scripted(clock, { staysReady: true })
    await settle()
    for (const [n, pauseMs] of [1000, 5000, 30_000, 60_000, 60_000].entries()) {
      expect(processes).toHaveLength(n + 1)
      processes[n]?.die()
      await settle(pauseMs - 1)
      expect(processes).toHaveLength(n + 1)
      await settle(1)
    }
    // Who has lived for long is not to blame for those before.
    await settle(61_000)
    processes.at(-1)?.die()
    await settle(1000)
    expect(processes).toHaveLength(7)
    await kept.close()
    await settle(600_000)
    expect(processes).toHaveLength(7)
    expect(clock.pending).toBe(0)
  })

  it('that can not be started fails whoever wants it, after ever longer pauses; who waits may stop', async () => {
    const clock = fakeClock()
    const { kept, processes, settle, hold, fail } = scripted(clock, { staysReady: false })
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
    expect(processes).toHaveLength(1)
    await kept.close()
    expect(clock.pending).toBe(0)
  })
})
