import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'

const shell = emptyShell()
const { run } = shell

describe('answerphone lines and storage', () => {
  it('adds a line by a preset, and tells what to do at the provider', async () => {
    expect((await run('lines', 'presets', 'list', '--json')).json().length).toBeGreaterThan(9)
    expect((await run('lines', 'presets', 'show', 'sipgate')).out).toMatch(/^sipgate\n1\. .*\n2\. /)
    const login = ['--user', '1234567e0', '--password', 'geheim']
    await run('lines', 'add', 'home', '--preset', 'sipgate', ...login)
    expect((await run('lines', 'show', 'home')).json().account.registrar).toBe('sip:sipgate.de')
    await run('lines', 'add', 'box', '--preset', 'fritzbox', '--registrar', '192.168.178.1', ...login)
    expect((await run('lines', 'show', 'box')).json()).toMatchObject({
      internal: 'ring',
      internalDigits: 3,
      account: { registrar: 'sip:192.168.178.1', expirySeconds: 300 },
    })
    await run(
      'lines',
      'add',
      'two',
      '--preset',
      'fritzbox',
      '--registrar',
      '192.168.178.1',
      '--internal',
      'answer',
      ...login,
    )
    expect((await run('lines', 'show', 'two')).json().internal).toBe('answer')
    await run('lines', 'add', 'office', '--preset', 'twilio')
    expect((await run('lines', 'show', 'office')).json().trunk).toContain('54.172.60.0/30')
    expect((await run('lines', 'add', 'x', '--preset', 'fritzbox', ...login)).err).toContain('registrar')
    expect((await run('lines', 'add', 'x', '--preset', 'none-such')).err).toContain('AP_NOT_FOUND')
  })

  it('keeps messages for as long as it is told, says what that takes, and shows the room', async () => {
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    const set = (...args: string[]) => run('mailboxes', 'set', 'home', ...args)
    expect((await set('--keep-heard-days', '90')).out).toBe(
      'Mailbox home is changed.\nNo message is that old now.\n',
    )
    expect((await set('--keep-heard-days', '0')).err).toContain('--keep-heard-days: at least 1')
    await set('--keep-trash-days', 'never')
    await set('--keep-junk-days', '7')
    expect((await run('storage', 'show')).out).toMatch(
      /home +0 +0 +0 +0 +for good +90 days +7 days +for good/,
    )
    expect((await run('storage', 'set', '--keep-calls-days', '365')).out).toBe(
      'Calls are kept 365 days, acts for good.\n',
    )
    expect((await run('storage', 'show', '--json')).json()).toMatchObject({
      keepCallsDays: 365,
      keepAuditDays: null,
      mailboxes: [{ name: 'home', keepHeardDays: 90, keepJunkDays: 7, keepTrashDays: null }],
    })
  })

  it('goes into one file and comes back, and says that the file holds secrets', async () => {
    const file = join(shell.folder, 'home.tar')
    const elsewhere = ['--data', join(shell.folder, 'elsewhere')]
    expect((await run('backup', file)).err).toContain('AP_DATA_MISSING')
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    expect(await run('backup', file)).toMatchObject({
      code: 0,
      out: `${file}: 0 messages, 1 files.\n`,
      err: 'It holds passwords and keys: keep it as safe as the machine itself.\n',
    })
    expect((await run('restore', file)).err).toContain('AP_RESTORE_NOT_EMPTY')
    expect((await run(...elsewhere, 'restore', file)).out).toMatch(/elsewhere: 0 messages as of 2\d{3}-/)
    expect((await run(...elsewhere, 'lines', 'show', 'home')).json().trunk).toEqual(['127.0.0.1'])
    expect((await run('restore', file, '--force')).out).toContain('before-restore-')
  })
})
