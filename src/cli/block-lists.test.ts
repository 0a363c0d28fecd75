import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'

const shell = emptyShell()
const { run, runWith } = shell

const write = (text: string | Buffer) => {
  const file = join(shell.folder, 'numbers.txt')
  writeFileSync(file, text)
  return file
}

describe('answerphone block-lists', () => {
  it('takes a file, another in its place, and says which lists have a number', async () => {
    const added = await run(
      'block-lists',
      'add',
      'mine',
      '--country',
      'DE',
      '--file',
      write('030 1234567\nfoo\n0900*\n'),
    )
    expect(added.err).toBe('')
    expect(added.out).toBe(
      'mine: 2 numbers. 1 entries were none.\nWhat becomes of their calls, a rule says: rules add --ready-made listed-to-junk\n',
    )
    expect((await run('block-lists', 'check', '+49301234567')).out).toBe('+49301234567 is on mine.\n')
    expect((await run('block-lists', 'check', '+49900555')).out).toBe('+49900555 is on mine.\n')
    await run('block-lists', 'set', 'mine', '--file', write('+49401234567\n'))
    expect((await run('block-lists', 'check', '+49301234567')).out).toBe('+49301234567 is on no list.\n')
    expect((await run('block-lists', 'list', '--json')).json()).toMatchObject([
      { name: 'mine', kind: 'file', count: 1, skipped: 0, country: 'DE' },
    ])
    const page = await run('block-lists', 'set', 'mine', '--file', write('<html>'))
    expect(page.err).toContain('AP_LIST_NO_NUMBERS')
    expect((await run('block-lists', 'check', '+49401234567')).out).toContain('is on mine')
    await run('block-lists', 'set', 'mine', '--name', 'ours')
    await run('block-lists', 'remove', 'ours')
    expect((await run('block-lists', 'list')).out).toBe('No block lists.\n')
  })

  it('takes a file as spreadsheets write it on Windows', async () => {
    const unicode = Buffer.from('\ufeffNummer\tName\r\n+49 30 1234567\tBöse\r\n', 'utf16le')
    expect((await run('block-lists', 'add', 'mine', '--file', write(unicode))).out).toContain(
      'mine: 1 numbers.',
    )
    expect((await run('block-lists', 'check', '+49301234567')).out).toBe('+49301234567 is on mine.\n')
  })

  it('leaves no list where the file is none', async () => {
    expect((await run('block-lists', 'add', 'mine', '--file', write('nobody\n'))).err).toContain(
      'AP_LIST_NO_NUMBERS',
    )
    expect((await run('block-lists', 'list')).out).toBe('No block lists.\n')
  })

  it('keeps one that can not be fetched, says why, and never shows the token', async () => {
    const added = await runWith(
      { input: 's3cret' },
      'block-lists',
      'add',
      'spam',
      '--url',
      'http://127.0.0.1:1/list',
      '--token-stdin',
    )
    expect(added.err).toContain('AP_LIST_UNREACHABLE')
    expect(added.out).toBe('spam is there, without numbers until it can be read.\n')
    const list = await run('block-lists', 'list')
    expect(list.out).toMatch(/spam\s+http:\/\/127\.0\.0\.1:1\/list\s+0/)
    expect(`${list.out}${(await run('block-lists', 'show', 'spam')).out}`).not.toContain('s3cret')
    expect((await run('block-lists', 'refresh')).err).toContain('AP_LIST_UNREACHABLE')
  })

  it('has rules that ask for lists, by name, and says so in a preview', async () => {
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    await run('block-lists', 'add', 'mine', '--file', write('+49301234567\n'))
    await run('rules', 'add', '--ready-made', 'listed-to-junk')
    await run('rules', 'add', 'Mine', '--listed', 'mine', '--not-listed', '--refuse', 'busy', '--place', '1')
    expect((await run('rules', 'list')).out).toContain(
      'If the number is on the block list mine and the number is not on a block list',
    )
    const preview = await run('rules', 'preview', '--from', '+49301234567')
    expect(preview.out).toContain('on the block list mine')
    expect(preview.out).toContain('→ Numbers on block lists go to junk: holds')
  })
})
