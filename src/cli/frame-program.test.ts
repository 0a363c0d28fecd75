import { expect, it } from 'vitest'
import { askedCommand } from './frame-program.ts'
import { createProgram } from './program.ts'
import { processTerminal } from './terminal.ts'

it.each([
  ['serve', 'serve'],
  ['serve --sip 0.0.0.0:5060', 'serve'],
  ['--data serve serve', 'serve'],
  ['--config=a.yaml --data d serve', 'serve'],
  ['', ''],
  ['--help', ''],
  ['--help serve', ''],
  ['help serve', 'help'],
  ['--data serve messages list', 'messages'],
  ['messages list --query serve', 'messages'],
])('`answerphone %s` asks for %s', (words, asked) => {
  expect(askedCommand(words.split(' ').filter((word) => word !== ''))).toBe(asked)
})

it('loads the command that is asked for, by its name, and all of them for the help', async () => {
  const terminal = processTerminal()
  const names = async (asked?: string) =>
    (await createProgram(terminal, asked)).commands.map((command) => command.name())
  const all = await names()
  expect(all.length).toBeGreaterThan(30)
  for (const name of all) expect(await names(name)).toEqual(name === 'serve' ? ['serve'] : ['serve', name])
  expect(await names('mesages')).toEqual(all)
})
