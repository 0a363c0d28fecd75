import { describe, expect, it } from 'vitest'
import { applyingShell } from '../../../test/helpers/applying-shell.ts'

const { run, apply } = applyingShell()

describe('answerphone apply', () => {
  it('says all that is wrong, with its line, and changes nothing', async () => {
    const wrong = async (text: string) => {
      const { code, err } = await apply(text)
      expect(code).toBe(1)
      expect(err).toContain('AP_APPLY_INVALID')
      return err.split('\n').slice(1, -1)
    }
    expect(
      await wrong(`lines:
  office:
    rigSeconds: 25
    trunk: [127.0.0.1]
    account: { registar: a }
  home: { ringSeconds: 999 }
  ho me: { number: +4930 }
linse: {}
rules:
  - name: x
    when: [{ kind: number, like: ["1"], lik: 1 }]
    action: { kind: take }
`),
    ).toEqual([
      '  line 3:5: lines.office.rigSeconds: unknown; did you mean ringSeconds?',
      '  line 5:16: lines.office.account.registar: unknown; did you mean registrar?',
      '  line 6:11: lines.home.ringSeconds: at most 120',
      '  line 7:3: lines.ho me: use 1 to 64 letters, digits, dots, dashes or underscores',
      '  line 7:12: lines.ho me.number: a text is wanted: write it in quotes',
      '  line 8:1: linse: unknown; did you mean lines?',
      '  line 11:41: rules[1].when[1].lik: unknown; did you mean like?',
    ])
    // One mistake hides no other of the same thing.
    expect(
      await wrong(`lines:
  home: { rigSeconds: 3, ringSeconds: -1, callOut: { allow: 3 } }
rules:
  - name: x
    when: [{ kind: lines, lins: [home] }]
    action: { kind: tak }
`),
    ).toEqual([
      '  line 2:11: lines.home.rigSeconds: unknown; did you mean ringSeconds?',
      '  line 2:26: lines.home.ringSeconds: at least 0',
      '  line 2:54: lines.home.callOut.allow: unknown; take it out',
      expect.stringContaining('  line 5:14: rules[1].when[1].kind: write one of who, people, number,'),
      '  line 5:27: rules[1].when[1].lins: unknown; did you mean lines?',
      '  line 6:15: rules[1].action.kind: write one of take, refuse',
    ])
    expect(await wrong('lines: { a: {}, a: {} }')).toEqual(['  line 1:17: Map keys must be unique'])
    expect(await wrong('- 1')).toEqual([expect.stringContaining('write one section a key')])
    expect(await wrong('rules: { a: 1 }')).toEqual([expect.stringContaining('a list is wanted')])
    expect(await wrong('lines: [a]')).toEqual([expect.stringContaining('under its name')])
    expect(await wrong('phones: { a: { passwordFile: gone, passwordEnv: GONE } }')).toEqual([
      '  line 1:11: phones.a.password: give one of password, passwordFile and passwordEnv',
      '  line 1:11: phones.a: AP_INPUT_INVALID: There is no mailbox for which it could ring. `answerphone lines add` makes one.',
      "  line 1:16: phones.a.passwordFile: can't be read: there is no such file or folder",
      '  line 1:36: phones.a.passwordEnv: the environment has no variable of this name',
    ])
    // What only the machine itself can refuse: the first would be fine alone.
    expect(
      await wrong(`lines:
  a: { trunk: [127.0.0.1], number: "1" }
  b: { trunk: [127.0.0.1], number: "1" }
  c: { trunk: [nowhere] }
phones:
  p: { mailboxes: [gone] }
`),
    ).toEqual([
      expect.stringContaining('line 3:3: lines.b: AP_NUMBER_TAKEN'),
      expect.stringContaining('line 4:8: lines.c.trunk: AP_INPUT_INVALID: "nowhere"'),
      '  line 6:20: phones.p.mailboxes[1]: there is no mailbox "gone"; declare it under mailboxes, or name another',
    ])
    // All of these in one go: what can't be read, what nothing has, what the machine refuses; and nothing that follows from it.
    expect(
      await wrong(`mailboxes:
  home: { longestSeconds: 0, greeting: Helo }
lines:
  office: { trunk: [nowhere], mailbox: hoem, ringSeconds: 999 }
  attic: { trunk: [nowhere], mailbox: home, account: { registrar: a.example, user: "1", passwordFile: gone } }
contacts:
  Mum: { numbers: [] }
phones:
  kitchen: { mailboxes: [home, attic, cellar], speakr: true }
rules:
  - name: x
    when: [{ kind: people, contacts: [Mum, Mun, Dad] }, { kind: line, lines: [office] }]
    action: { kind: take, phones: [kitchn], greeting: Hello }
`),
    ).toEqual([
      '  line 2:11: mailboxes.home.longestSeconds: at least 5',
      '  line 2:30: mailboxes.home.greeting: there is no greeting "Helo"; add it with `answerphone greetings add`, or name another',
      '  line 4:31: lines.office.mailbox: there is no mailbox "hoem"; did you mean home?',
      '  line 4:46: lines.office.ringSeconds: at most 120',
      expect.stringContaining('  line 5:12: lines.attic.trunk: AP_INPUT_INVALID: "nowhere"'),
      expect.stringContaining("  line 5:89: lines.attic.account.passwordFile: can't be read:"),
      expect.stringContaining('  line 7:10: contacts.Mum.numbers: '),
      '  line 9:32: phones.kitchen.mailboxes[2]: there is no mailbox "attic"; declare it under mailboxes, or name another',
      '  line 9:39: phones.kitchen.mailboxes[3]: there is no mailbox "cellar"; declare it under mailboxes, or name another',
      '  line 9:48: phones.kitchen.speakr: unknown; did you mean speaker?',
      '  line 12:44: rules[1].when[1].contacts[2]: there is no contact "Mun"; did you mean Mum?',
      '  line 12:49: rules[1].when[1].contacts[3]: there is no contact "Dad"; declare it under contacts, or name another',
      '  line 13:36: rules[1].action.phones[1]: there is no phone "kitchn"; did you mean kitchen?',
      '  line 13:45: rules[1].action.greeting: there is no greeting "Hello"; add it with `answerphone greetings add`, or name another',
    ])
    // A mailbox that a line makes is one of those that may be named.
    expect(
      (await apply('lines: { a: { trunk: [127.0.0.1] } }\nphones: { p: { mailboxes: [a] } }', '--dry-run'))
        .err,
    ).toBe('')
    expect((await run('lines', 'list')).out).toContain('No lines.')
  })
})
