import { expect, it } from 'vitest'
import { ask, question } from './ask.ts'

it('asks one question at a time, and says no to the one before', async () => {
  const first = ask('first?', 'yes')
  const late = question.value
  const second = ask('second?', 'yes')
  expect(await first).toBe(false)
  // A dialog says that it was closed when it has been for a while, and maybe asks something else already.
  late?.answer(false)
  expect(question.value?.text).toBe('second?')
  question.value?.answer(true)
  expect(await second).toBe(true)
  expect(question.value).toBeNull()
})
