import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { applyingShell, HOUSE } from '../../../test/helpers/applying-shell.ts'

const { run, apply, secrets, data: folder } = applyingShell()

const openDatabase = (file: string) => {
  const db = new Sqlite(file, { readonly: true })
  return { prepare: (sql: string) => db.prepare(sql), [Symbol.dispose]: () => void db.close() }
}

describe('answerphone apply', () => {
  it('gives things other names, with all that is in them and that names them', async () => {
    secrets()
    await apply(HOUSE)
    using db = openDatabase(join(folder(), 'answerphone.db'))
    const ids = () =>
      ['mailboxes', 'lines', 'phones', 'contacts', 'rules'].flatMap((table) =>
        db.prepare(`select id from ${table} order by id`).pluck().all(),
      )
    const before = ids()
    const renamed = HOUSE.replace('  home: { longest', '  house: { was: home, longest')
      .replaceAll(/mailbox: home|\[home\]/g, (text) => text.replace('home', 'house'))
      .replace('  office:\n', '  work:\n    was: office\n')
      .replace('lines: [office]', 'lines: [work]')
      .replace('  kitchen: {', '  cook: { was: kitchen,')
      .replace('phones: [kitchen]', 'phones: [cook]')
      .replace('  Mum: {', '  Mama: { was: Mum,')
      .replace('contacts: [Mum]', 'contacts: [Mama]')
      .replace('name: Listed', 'name: On a list\n    was: Listed')
    const words = `~ mailbox home is called house now
~ line office is called work now
~ phone kitchen is called cook now
~ contact "Mum" is called "Mama" now
~ rule "Listed" is called "On a list" now
`
    expect(await apply(renamed, '--dry-run', '--prune')).toMatchObject({
      err: '',
      out: `${words}Nothing was changed: this was a dry run.\n`,
    })
    expect((await apply(renamed, '--prune')).out).toBe(words)
    expect(ids()).toEqual(before)
    expect((await run('mailboxes', 'show', 'house')).json()).toMatchObject({
      longestSeconds: 120,
      hasPin: true,
    })
    expect((await apply(renamed, '--prune')).out).toBe('Nothing to do.\n')
    // One takes the name that another gives up; then both have theirs.
    const chain = 'mailboxes: { a: { was: house }, house: {} }'
    expect((await apply(chain)).out).toContain('~ mailbox house is called a now\n+ mailbox house\n')
    expect((await apply(chain)).out).toBe('Nothing to do.\n')
    // A phone logs in with its name: its password is needed for another.
    const wrong = await apply('mailboxes: { house: { was: a } }\nphones: { stove: { was: cook } }')
    expect(wrong.err).toContain(
      'line 1:23: mailboxes.house.was: there are both mailbox a and house; remove one, or take this out',
    )
    expect(wrong.err).toContain('line 2:11: phones.stove: AP_INPUT_INVALID: A phone logs in with its name')
  })
})
