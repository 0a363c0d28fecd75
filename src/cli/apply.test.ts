import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyingShell, HOUSE } from '../../test/helpers/applying-shell.ts'
import { systemClock } from '../shared/clock.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { systemRandom } from '../shared/random.ts'
import { messageRow } from '../store/contract/sample-rows.contract.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'

const shell = applyingShell()
const { run, runWith, write, apply, secrets } = shell

const openDatabase = (file: string) => {
  const db = new Sqlite(file)
  return { exec: (sql: string) => void db.exec(sql), [Symbol.dispose]: () => void db.close() }
}

describe('answerphone apply', () => {
  it('sets up what a file declares, tells what, and does nothing the second time', async () => {
    secrets()
    const first = await apply(HOUSE)
    expect(first.err).toBe('')
    expect(first.out).toMatch(
      /^\+ mailbox home\n\+ line office\n\+ phone kitchen\n\+ contact "Mum"\n\+ contact source "cloud"\n\+ block list spam\n\+ rule "Listed"\n\+ rule "Mum at once"\n\+ rule "Nobody else"\n\+ target hall\nThe secret of target hall, shown this once: whsec_\S+\n$/,
    )
    expect((await apply(HOUSE)).out).toBe('Nothing to do.\n')
    expect((await apply(HOUSE, '--prune')).out).toBe('Nothing to do.\n')
    expect((await run('lines', 'show', 'office')).json()).toMatchObject({
      ringSeconds: 25,
      account: { registrar: 'sip:sip.example.com', user: '030' },
    })
    expect((await run('mailboxes', 'show', 'home')).json()).toMatchObject({
      longestSeconds: 120,
      hasPin: true,
    })
    const preview = await run('rules', 'preview', '--from', '0301234')
    expect(preview.out).toContain('Phones that may ring: kitchen.')
  })

  it('shows what would change, and changes it only when it is no dry run', async () => {
    secrets()
    await apply(HOUSE)
    const other = HOUSE.replace('ringSeconds: 25', 'ringSeconds: 20').replace('long-enough', 'other-word')
    const words = '~ line office: ringSeconds 25 → 20\n~ phone kitchen: password is another\n'
    expect((await apply(other, '--dry-run')).out).toBe(`${words}Nothing was changed: this was a dry run.\n`)
    expect((await apply(other, '--dry-run')).out).toContain(words)
    expect((await apply(other)).out).toBe(words)
    expect((await apply(other)).out).toBe('Nothing to do.\n')
    write('654321', 'pin')
    write('another', 'secret')
    write('pbt_2', 'token')
    expect((await apply(other)).out).toBe(
      '~ mailbox home: pin is another\n~ line office: account.password is another\n~ block list spam: token is another\n',
    )
    const turned = 'rules:\n  - { name: Nobody else, action: { kind: take, phones: [] } }\n'
    expect((await apply(turned)).out).toBe('~ order of rules: "Nobody else", "Listed", "Mum at once"\n')
    expect((await apply(turned)).out).toBe('Nothing to do.\n')
  })

  it('leaves alone what the file leaves out, and prunes only sections that it has', async () => {
    secrets()
    await apply(HOUSE)
    await run('lines', 'add', 'attic', '--trunk', '127.0.0.1')
    expect((await apply('lines: { office: {} }')).out).toBe('Nothing to do.\n')
    expect((await apply('lines: { office: {} }', '--prune')).out).toBe('- line attic\n')
    expect((await apply('mailboxes:\nrules:\n', '--prune')).out).toBe(
      '- mailbox attic\n- rule "Listed"\n- rule "Mum at once"\n- rule "Nobody else"\n  mailbox home stays: a line records into it\n',
    )
    expect((await run('phones', 'list')).out).toContain('kitchen')
    // What goes with them is said, too.
    expect((await apply('lines:\nmailboxes:\n', '--prune')).out).toBe(
      '- mailbox home\n- line office\n~ phone kitchen: mailboxes ["home"] → []\n',
    )
  })

  it('gives a number to another line, once the one that has it goes', async () => {
    await apply('lines: { old: { trunk: [127.0.0.1], number: "1" } }')
    const moved = await apply('lines: { new: { trunk: [127.0.0.1], number: "1", mailbox: old } }', '--prune')
    expect(moved.out).toBe('+ line new\n- line old\n')
  })

  it('changes nothing where it stops in the middle, and all of it the next time', async () => {
    secrets()
    await apply('mailboxes: { home: { longestSeconds: 60 } }')
    using db = openDatabase(join(shell.data(), 'answerphone.db'))
    db.exec("create trigger stop before insert on targets begin select raise(abort, 'stop'); end")
    const before = (await run('apply', '--print')).out
    expect(await apply(HOUSE)).toMatchObject({ code: 1, out: expect.stringContaining('+ target hall') })
    expect((await run('apply', '--print')).out).toBe(before)
    expect((await run('audit', 'list')).out).not.toContain('office')
    db.exec('drop trigger stop')
    expect((await apply(HOUSE)).err).toBe('')
    expect((await apply(HOUSE)).out).toBe('Nothing to do.\n')
  })

  it('sets what is of the whole house, leaves out what it does not name, and prunes none of it', async () => {
    secrets()
    await apply('mailboxes: { home: {} }')
    const whole = `house:
  country: AT
  quietHours: [{ days: [sat, sun], from: "22:00", to: "09:00" }]
  keepCallsDays: 90
  mqtt: { url: "mqtt://192.0.2.1", user: me, passwordFile: secret }
  transcription: { command: cat, waitSeconds: 5 }
`
    const { out, err } = await apply(whole, '--dry-run')
    expect(err).toBe('')
    expect(out).toContain('~ house: country none → AT, keepCallsDays none → 90, mqtt none → {"user":"me",')
    expect(out).not.toContain('geheim')
    expect(out).toContain(
      'transcription.by off → command, transcription.command none → cat, transcription.waitSeconds 20 → 5',
    )
    expect((await run('house', 'show')).out).toContain('No country')
    expect((await apply(whole)).out).toContain('~ house: country none → AT')
    expect((await apply(whole, '--prune')).out).toBe('Nothing to do.\n')
    expect((await run('house', 'show')).out).toBe('Country AT\n')
    expect((await run('transcription', 'show')).json()).toMatchObject({
      by: 'command',
      command: 'cat',
      waitSeconds: 5,
    })
    expect((await run('quiet', 'show')).out).toBe('sat,sun 22:00-09:00\n')
    write('another', 'secret')
    expect((await apply(whole)).out).toBe('~ house: mqtt.password is another\n')
    expect((await apply('house: { keepAuditDays: 30 }', '--prune')).out).toBe(
      '~ house: keepAuditDays none → 30\n',
    )
    const printed = (await run('apply', '--print')).out
    expect(printed).toContain('country: AT')
    expect(printed).toContain('command: cat')
    expect(printed).not.toContain('another')
    expect((await apply(printed, '--prune')).out).toBe('Nothing to do.\n')
    expect((await apply('house: { mqtt: null, country: null, quietHours: [] }')).out).toMatch(
      /^~ house: country AT → none, mqtt \{.*\} → none, quietHours /,
    )
    const wrong = await apply('house:\n  county: DE\n  mqtt: { user: me }\n')
    expect(wrong.err).toContain('line 2:3: house.county: unknown; did you mean country?')
  })

  it('takes secrets from the environment, and shows none', async () => {
    const file = write('lines: { home: { account: { registrar: a.example, user: me, passwordEnv: WORD } } }')
    const env = { ANSWERPHONE_DATA: shell.data(), WORD: 'geheim' }
    expect((await runWith({ env }, 'apply', file)).out).toBe('+ mailbox home\n+ line home\n')
    expect((await runWith({ env }, 'apply', file)).out).toBe('Nothing to do.\n')
    const { out } = await run('apply', '--print')
    expect(out).toContain('registrar: sip:a.example')
    expect(out).not.toContain('geheim')
  })

  it('never prunes a mailbox that holds messages', async () => {
    await apply('mailboxes: { old: {}, new: {} }')
    const makeId = idMaker(systemClock, systemRandom)
    const file = join(shell.data(), 'answerphone.db')
    const store = await openSqliteStore({ file, clock: systemClock, makeId, log: silentLog })
    const { id: mailboxId = '' } = (await store.mailboxes.get('old')) ?? {}
    await store.messages.add(messageRow(mailboxId, 'm1', { state: 'trash' }))
    await store.close()
    const pruned = await apply('mailboxes: {}', '--prune')
    expect(pruned.out).toBe('- mailbox new\n  mailbox old stays: 1 message is in it\n')
    expect((await apply('mailboxes: {}', '--prune')).out).toContain('Nothing to do.')
  })

  it('prints rules of what is gone, and of contacts that share a name, so that they stay as they are', async () => {
    await apply(`
lines: { a: { trunk: [127.0.0.1] } }
rules: [{ name: Gone, when: [{ kind: line, lines: [a] }], action: { kind: take } }]
`)
    await run('lines', 'remove', 'a')
    for (const number of ['0301', '0302']) await run('contacts', 'add', 'Mum', number)
    const { out } = await run('apply', '--print')
    expect(out).toMatch(/lines:\n\s+- [0-9a-z]{26}\n/)
    expect((await apply(out, '--prune')).out).toContain('Nothing to do.')
    expect((await apply('contacts: { Mum: { favourite: true } }')).err).toContain(
      'contacts.Mum: AP_INPUT_INVALID: several contacts have this name',
    )
  })

  it('prints what is set up so that it changes nothing, whatever it is', async () => {
    secrets()
    await apply(HOUSE)
    const name = fc.stringMatching(/^[A-Za-z0-9._-]{1,8}$/)
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          name,
          fc.record({ ringSeconds: fc.nat(120), areaCode: fc.stringMatching(/^\d{1,6}$/) }),
          {
            minKeys: 1,
            maxKeys: 3,
          },
        ),
        fc.dictionary(
          fc
            .string({ minLength: 1, maxLength: 9 })
            .filter((text) => /^(?=\S)[^\p{C}\u2028\u2029]*\S$/u.test(text)),
          fc.record({ note: fc.string({ maxLength: 20 }), favourite: fc.boolean() }),
          { maxKeys: 2 },
        ),
        async (lines, people) => {
          const contacts = Object.fromEntries(
            Object.entries(people).map(([who, fields], at) => [
              who,
              { ...fields, numbers: [`0170${at}555`] },
            ]),
          )
          const trunks = Object.entries(lines).map(([key, fields]) => [
            key,
            { ...fields, trunk: ['127.0.0.1'] },
          ])
          const { err } = await apply(
            JSON.stringify({ lines: Object.fromEntries(trunks), contacts }),
            '--prune',
          )
          expect(err).toBe('')
          const { out } = await run('apply', '--print')
          expect((await apply(out, '--prune')).out).toMatch(
            /^( {2}mailbox \S+ stays: .*\n)*Nothing to do.\n$/,
          )
        },
      ),
      { numRuns: 10 },
    )
  })

  it('applies the example of docs/automation.md', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/automation.md'), 'utf8')
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? []
    write('0301234-secret', 'office.password')
    write('app-password', 'cloud.password')
    const env = {
      ANSWERPHONE_DATA: shell.data(),
      PHONEBLOCK_TOKEN: 'pbt',
      KITCHEN_PASSWORD: 'long-enough',
      HOME_PIN: '123456',
    }
    const file = write(example)
    expect(await runWith({ env }, 'apply', file)).toMatchObject({ err: '', code: 0 })
    expect((await runWith({ env }, 'apply', file)).out).toBe('Nothing to do.\n')
  })
})
