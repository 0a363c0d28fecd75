import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { askBeforeTalk, type Decision } from './ask-before-talk.ts'

const CLIPS = ['call-from', 'name', 'take-or-not']

/** A phone that has answered, and whoever holds it. */
async function ask() {
  const clock = fakeClock()
  const played: string[] = []
  const marks: string[] = []
  const decisions: Decision[] = []
  const session = {
    play(clip: string, mark: string) {
      played.push(clip)
      marks.push(mark)
    },
    stopPlaying: () => void played.push('(silence)'),
  }
  const announcement = Promise.resolve(CLIPS)
  const question = askBeforeTalk({
    ...{ session, announcement, clock },
    onDecided: (decision) => decisions.push(decision),
  })
  const pass = (ms: number) => clock.advanceAsync(ms)
  const hearAll = async () => {
    for (let i = 0; i < CLIPS.length; i++) question.played(marks.at(-1) ?? '')
    await pass(2500)
  }
  return { question, played, decisions, pass, hearAll, clock }
}

it('says who calls and what may be done, twice, and takes no answer for one', async () => {
  const { played, decisions, pass, hearAll } = await ask()
  expect(played).toEqual([])
  await pass(500)
  await hearAll()
  await hearAll()
  expect(played).toEqual([...CLIPS, ...CLIPS])
  expect(decisions).toEqual([])
  await pass(2500)
  expect(played.at(-1)).toBe('(silence)')
  expect(decisions).toEqual(['none'])
})

it.each([
  ['1', 'take'],
  ['2', 'send-on'],
  ['3', 'block'],
] as const)('knows key %s at once, in the middle of a word', async (key, decision) => {
  const { question, decisions, pass } = await ask()
  await pass(500)
  for (const other of ['*', '7', '#']) question.digit(other)
  expect(decisions).toEqual([])
  question.digit(key)
  question.digit('3')
  expect(decisions).toEqual([])
  await pass(120)
  expect(decisions).toEqual([decision])
})

it('ends with the phone, and leaves no timer', async () => {
  const { question, decisions, pass, clock, played } = await ask()
  question.close()
  await pass(60_000)
  question.digit('1')
  expect([decisions, played, clock.pending]).toEqual([[], [], 0])
})
