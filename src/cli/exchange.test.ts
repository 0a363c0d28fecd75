import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'
import { writeWav } from '../media/wav/write-wav.ts'
import { drawCsv } from './csv.ts'

const shell = emptyShell()
const { run } = shell

function laySpool(): string {
  const box = join(shell.folder, 'spool/default/1234')
  mkdirSync(join(box, 'INBOX'), { recursive: true })
  writeFileSync(join(box, 'INBOX/msg0000.txt'), '[message]\ncallerid="Ruth" <+4930>\norigtime=1700000000\n')
  writeFileSync(join(box, 'INBOX/msg0000.wav'), writeWav(new Int16Array(8000).fill(500), 8000))
  return box
}

describe('answerphone messages import and export', () => {
  it("takes in Asterisk's mailbox, gives it out, and takes that in elsewhere", async () => {
    const box = laySpool()
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    const into = (...args: string[]) => run('messages', 'import', ...args, '--mailbox', 'home')
    expect((await into('asterisk', box, '--dry-run')).out).toBe('1 messages would be taken in.\n')
    expect((await into('asterisk', box)).out).toBe('1 messages are in home now, 1 of them new.\n')
    expect((await into('asterisk', box)).out).toContain(
      '0 messages are in home now, 0 of them new. 1 were here',
    )
    expect((await run('messages', 'list', '--json')).json()).toMatchObject([
      { callerName: 'Ruth', callerNumber: '+4930', state: 'new', line: 'home', durationMs: 1000 },
    ])
    expect((await run('calls', 'list', '--csv')).out).toMatch(
      /^id,arrivedAt,.*\r\n\w{26},2023-11-14T22:13:20.000Z,.*,home,\+4930,Ruth,message,\w{26},,,\r\n$/,
    )

    const folder = join(shell.folder, 'export')
    expect((await run('messages', 'export')).err).toContain('either --folder or --mbox')
    expect((await run('messages', 'export', '--folder', folder)).out).toBe(`1 messages are in ${folder}.\n`)
    expect((await run('audit', 'list', '--json')).json()).toMatchObject([
      { act: 'played', who: 'console' },
      { act: 'line-changed', who: 'console' },
    ])
    const elsewhere = ['--data', join(shell.folder, 'elsewhere')]
    await run(...elsewhere, 'lines', 'add', 'office', '--trunk', '127.0.0.1')
    const again = await run(...elsewhere, 'messages', 'import', 'answerphone', folder, '--mailbox', 'office')
    expect(again).toMatchObject({ code: 0, out: '1 messages are in office now, 1 of them new.\n' })

    const mbox = join(shell.folder, 'mails')
    expect((await run('messages', 'export', '--mbox', mbox)).code).toBe(0)
    expect((await run('messages', 'export', '--mbox', mbox)).err).toContain('AP_FILE_UNUSABLE')
  })

  it('says by which line they came, where a mailbox has several or none', async () => {
    const box = laySpool()
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    await run('lines', 'add', 'other', '--trunk', '127.0.0.2', '--mailbox', 'home')
    const take = (...args: string[]) =>
      run('messages', 'import', 'asterisk', box, '--mailbox', 'home', ...args)
    expect((await take()).err).toContain('--line')
    expect((await take('--line', 'other')).code).toBe(0)
  })
})

describe('CSV', () => {
  it('quotes what would break a line, and lets no caller write a formula', () => {
    const names = ['a "b", c', '=1+1', '@x', '+49 30', '-5', '+cmd|x', 'two\nlines']
    expect(drawCsv(names, [['name', (name) => name]])).toBe(
      ['name', '"a ""b"", c"', "'=1+1", "'@x", '+49 30', '-5', "'+cmd|x", '"two\nlines"', ''].join('\r\n'),
    )
  })
})
