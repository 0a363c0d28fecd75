import { join } from 'node:path'
import { expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'
import { shippedGreetingFile } from '../machine/clips.ts'

const { run, runWith, data } = emptyShell()

it('adds a greeting that is typed, read aloud by a voice that is told the language', async () => {
  // Of one language there is a file, of the other none.
  const voice = `cat '${join(shippedGreetingFile('de'), '../..')}/{lang}/greeting.wav'`
  const add = (...flags: readonly string[]) =>
    run('greetings', 'add', 'away', '--say', 'Guten Tag.', ...flags)
  expect((await add()).err).toContain('AP_VOICE_MISSING')
  expect((await add('--voice-command', voice)).err).toContain('AP_VOICE_FAILED')
  const { out } = await add('--voice-command', voice, '--language', 'de')
  expect(out).toMatch(/^Greeting away is there: 0:05 long/)
  await run('mailboxes', 'add', 'home', '--language', 'de')
  const env = { ANSWERPHONE_DATA: data(), ANSWERPHONE_VOICE_COMMAND: voice }
  const other = await runWith({ env }, 'greetings', 'add', 'again', '--say', 'Guten Tag.')
  expect(other.out).toMatch(/^Greeting again is there/)
  for (const flags of [[], ['--say', 'a', '--file', 'b']])
    expect((await run('greetings', 'add', 'both', ...flags)).err).toContain('either --file or --say')
})

it('a mailbox speaks what it is told, or what is spoken where the house is', async () => {
  const languages = async () => {
    const rows: readonly { name: string; language: string }[] = JSON.parse(
      (await run('mailboxes', 'list', '--json')).out,
    )
    return rows.map(({ name, language }) => `${name} ${language}`)
  }
  await run('mailboxes', 'add', 'a', '--language', 'en')
  await run('mailboxes', 'add', 'b')
  await run('lines', 'add', 'c', '--trunk', '192.0.2.1', '--country', 'AT')
  await run('mailboxes', 'add', 'd')
  await run('mailboxes', 'set', 'a', '--language', 'de')
  expect(await languages()).toEqual(['a de', 'b en', 'c de', 'd de'])
})
