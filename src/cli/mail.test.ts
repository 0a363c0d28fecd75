import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createProgram } from './program.ts'
import { reportError } from './report-error.ts'

it('answerphone mail sets the account up, and forwarding asks for what is missing', async () => {
  const data = mkdtempSync(join(tmpdir(), 'answerphone-mail-'))
  /** Runs a command as the shell would, and gives what it said. */
  const run = async (...args: string[]) => {
    let said = ''
    const say = (text: string | Uint8Array) => {
      said += text
    }
    const terminal = { env: { ANSWERPHONE_DATA: data }, isStyled: false, print: say, warn: say }
    const withInput = { ...terminal, readInput: async () => '', readSecret: async () => 'secret\n' }
    try {
      await (await createProgram(withInput)).parseAsync(['node', 'answerphone', ...args])
    } catch (error) {
      reportError(error, withInput)
    }
    return said
  }
  await run('mailboxes', 'add', 'office')
  const forward = (to: string) => run('messages', 'forward', 'none', '--to', to)
  expect(await forward('ruth@example.org, @')).toContain('"@" is no mail address')
  expect(await forward('office,attic')).toContain('one mailbox at a time')
  expect(await forward('office')).toContain('AP_NOT_FOUND')
  expect(await run('mail', 'test', 'me@example.org')).toContain('AP_MAIL_NOT_SET_UP')
  expect(await run('mail', 'set', '--host', 'mail.example.org')).toContain("sender's address")
  const flags = ['--host', 'mail.example.org', '--from', 'me@example.org', '--user', 'me', '--password-stdin']
  expect(await run('mail', 'set', ...flags)).toContain('mail.example.org:587')
  expect(JSON.parse(await run('mail', 'show'))).toMatchObject({ port: 587, user: 'me', hasPassword: true })
  expect(await run('mail', 'list')).toBe('No mails.\n')
  await run('mail', 'forget')
  expect(JSON.parse(await run('mail', 'show'))).toBeNull()
  rmSync(data, { recursive: true })
})
