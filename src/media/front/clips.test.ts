import { afterEach, expect, it, vi } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { codecs } from '../codec/codecs.ts'
import { Clips, clipCodecs } from './clips.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

it('encodes what costs much a little at a time, one clip after the other, while others have the thread', async () => {
  const clock = fakeClock()
  /** Samples that were encoded at once. */
  const portions: number[] = []
  let timers = 0
  let last = -1
  const { setTimer } = clock
  vi.spyOn(clock, 'setTimer').mockImplementation((...args) => {
    timers++
    return setTimer(...args)
  })
  const { openEncoder } = codecs.opus
  vi.spyOn(codecs.opus, 'openEncoder').mockImplementation(() => {
    const encode = openEncoder()
    return (pcm, into) => {
      if (timers !== last) portions.push(0)
      last = timers
      portions[portions.length - 1] = (portions.at(-1) ?? 0) + pcm.length
      encode(pcm, into)
    }
  })
  const ready: string[] = []
  const clips = new Clips(clock, clipCodecs, (name, clip) =>
    ready.push(`${name} ${Object.keys(clip ?? {}).at(-1)}`),
  )
  for (const name of ['a', 'b']) await clips.load(name, new Int16Array(4000), 8000)
  expect(ready).toContain('b PCMA')
  expect(ready).not.toContain('a opus')
  await clock.advanceAsync(1000)
  expect(ready.filter((which) => !which.endsWith('PCMA'))).toEqual(['a G722', 'a opus', 'b G722', 'b opus'])
  expect(portions).toEqual(Array(10).fill(1600))
})

it('encodes what is loaded for when it is played no sooner than it is wanted, and then as it does all others', async () => {
  const clock = fakeClock()
  const ready: string[] = []
  const clips = new Clips(clock, clipCodecs, (name, clip) =>
    ready.push(`${name} ${Object.keys(clip ?? {}).at(-1)}`),
  )
  await clips.load('a', new Int16Array(4000), 8000, 'when-played')
  await clock.advanceAsync(1000)
  expect(ready).toEqual([])
  await clips.prepare('a')
  expect(ready).toEqual(['a PCMU', 'a PCMA'])
  await clock.advanceAsync(1000)
  expect(ready.slice(2)).toEqual(['a G722', 'a opus'])
  await clips.prepare('a')
  await clock.advanceAsync(1000)
  expect(ready).toHaveLength(4)

  await clips.load('b', new Int16Array(4000), 8000, 'when-played')
  const prepared = clips.prepare('b', 'opus')
  await clock.advanceAsync(1000)
  await prepared
  expect(ready.slice(4, 7), 'somebody waits for this one').toEqual(['b PCMU', 'b PCMA', 'b opus'])
})
