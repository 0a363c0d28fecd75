import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import type { TakeOptions } from './recorder.ts'
import { SpeechWatch } from './speech-watch.ts'

const NAME = { endAfterSilenceMs: 1500, firstSoundWithinMs: 4000 }

function watch(options: Pick<TakeOptions, 'endAfterSilenceMs' | 'firstSoundWithinMs'>) {
  const clock = fakeClock()
  const told: [kind: string, atMs: number][] = []
  const startedAt = clock.monotonic()
  const speech = new SpeechWatch(
    { takeId: 't', meta: {}, ...options },
    clock,
    () => false,
    ({ kind }) => told.push([kind, clock.monotonic() - startedAt]),
  )
  let soundMs = 0
  const speak = (ms: number) => {
    for (let spoken = 0; spoken < ms; spoken += 20) {
      soundMs += 20
      speech.heard(clock.monotonic(), soundMs)
      clock.advance(20)
    }
  }
  return { clock, told, speech, speak }
}

describe('a take of a name', () => {
  it('waits for its beginning longer than it waits in a pause', () => {
    const { clock, told, speak } = watch(NAME)
    clock.advance(3000)
    speak(600)
    clock.advance(1000)
    speak(400)
    clock.advance(5000)
    expect(told).toEqual([
      ['speaking', 3100],
      ['silent', 4980 + 1500],
    ])
  })

  it('is silent when nothing comes, or clicks only', () => {
    const { clock, told, speak } = watch(NAME)
    clock.advance(1000)
    speak(60)
    clock.advance(10_000)
    expect(told).toEqual([['silent', 4000]])
  })

  it('is over with a pause that begins early, too', () => {
    const { clock, told, speak } = watch(NAME)
    speak(500)
    clock.advance(3000)
    expect(told).toEqual([
      ['speaking', 100],
      ['silent', 480 + 1500],
    ])
  })

  it('says nothing any more once it is stopped', () => {
    const { clock, told, speech } = watch(NAME)
    speech.stop()
    clock.advance(10_000)
    expect(told).toEqual([])
    expect(clock.pending).toBe(0)
  })
})

it('a message is silent from its start, and nobody is told that it is spoken', () => {
  const { clock, told, speak } = watch({ endAfterSilenceMs: 2000 })
  speak(500)
  clock.advance(3000)
  expect(told).toEqual([['silent', 480 + 2000]])
})

it('a message that silence never ends is not watched', () => {
  const { clock, told, speak } = watch({})
  speak(500)
  clock.advance(60_000)
  expect(told).toEqual([])
})
