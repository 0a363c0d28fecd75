import { describe, expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'

const shell = emptyShell()
const { run } = shell

describe('answerphone rules', () => {
  it('are added, listed, changed, moved and removed, and say a call’s fate', async () => {
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1', '--country', 'DE')
    await run('mailboxes', 'set', 'home', '--time-zone', 'Europe/Berlin')
    await run('phones', 'add', 'kitchen', '--password', 'secret-enough', '--mailbox', 'home')
    await run('contacts', 'add', 'Mum', '+49 30 1234567', '--favourite')

    expect((await run('rules', 'list')).out).toBe('No rules: calls go as their lines say.\n')
    expect((await run('rules', 'list', '--ready-made')).out).toMatch(/^night /m)
    expect((await run('rules', 'add', '--ready-made', 'night')).out).toBe(
      'At night only favourites ring: If it is between 22:00 and 07:00 and the caller is not a favourite: no phone rings.\n',
    )
    const office = ['--number', '030*,+43*', '--not-hours', 'mon-fri 09:00-17:00', '--label', 'Office:']
    expect((await run('rules', 'add', 'office', ...office, '--phones', 'kitchen', '--at-once')).out).toBe(
      'office: If the number is 030… or +43… and it is not Monday to Friday between 09:00 and 17:00: only kitchen may ring, the machine answers at once and phones show “Office:” before the name. The caller could notice this.\n',
    )
    expect((await run('rules', 'move', 'office', '1')).out).toBe(
      '1. office\n2. At night only favourites ring\n',
    )
    expect((await run('rules', 'set', 'office', '--always', '--label', '', '--phones', 'all')).out).toBe(
      'office: At every call: the machine answers at once. The caller could notice this.\n',
    )
    await run('rules', 'set', 'office', '--off')
    expect((await run('rules', 'show', 'office')).json()).toMatchObject({ enabled: false, noticeable: true })
    expect((await run('rules', 'list', '--json')).json()).toMatchObject([{ place: 1 }, { place: 2 }])

    expect((await run('rules', 'preview', '--at', '2026-02-30T22:00')).err).toContain('there is no such time')
    const at = ['--at', '2026-11-29T22:00']
    const night = await run('rules', 'preview', '--from', '+49301112222', ...at)
    expect(night.out).toBe(`A call for home on Sunday, 29 November 2026 at 22:00 (Europe/Berlin)

  office: is switched off
→ At night only favourites ring: holds
    ✓ it is between 22:00 and 07:00
    ✓ the caller is not a favourite

By the rule "At night only favourites ring": no phone rings.
The machine answers after 18 s.
Phones that may ring: none.
`)
    const mum = (await run('rules', 'preview', '--from', '0301234567', ...at)).out
    expect(mum).toContain('who is Mum (a favourite)')
    expect(mum).toContain('No rule holds, so the line decides: everything goes as usual.')
    await run('blocked', 'add', '0900123')
    expect((await run('rules', 'preview', '--from', '0900123', '--json')).json()).toMatchObject({
      decidedBy: { kind: 'blocked' },
      caller: { refused: 603 },
    })
    expect(
      (await run('rules', 'add', 'press', '--who', 'stranger', '--gate', 'key', '--ring-seconds', '20')).out,
    ).toBe(
      'press: If the caller is a stranger: the machine greets after 20 seconds and the caller has to press 5 before phones ring, or a message goes to junk. The caller could notice this.\n',
    )
    expect((await run('rules', 'set', 'press', '--gate-key', '7')).out).toContain('has to press 7')
    expect((await run('rules', 'preview', '--from', '0891234', '--at', '2026-11-29T12:00')).out).toContain(
      'The machine answers at once and asks to press 7; then it rings for 20 s.',
    )
    await run('rules', 'set', 'press', '--at-once')
    expect((await run('rules', 'preview', '--from', '0891234', '--at', '2026-11-29T12:00')).out).toContain(
      'The machine answers at once and asks to press 7; then it greets.',
    )
    await run('rules', 'set', 'press', '--ring-seconds', '20')
    expect((await run('rules', 'set', 'press', '--gate', 'name')).out).toContain('has to say a name')
    const leapDay = (await run('rules', 'add', 'leap', '--dates', '02-29', '--junk')).out
    expect(leapDay).toContain('29 February')
    await run('rules', 'remove', 'leap')
    expect((await run('rules', 'show', 'press')).json()).toMatchObject({
      action: { gate: { kind: 'name' }, ringSeconds: 20 },
    })
    expect((await run('rules', 'set', 'press', '--gate', 'none')).out).not.toContain('has to')
    expect((await run('rules', 'remove', 'office')).out).toBe('The rule office is removed.\n')
  })

  it('say what is wrong with them', async () => {
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    const wrong = async (...args: string[]) => (await run('rules', 'add', ...args)).err
    expect(await wrong('x', '--who', 'nobody')).toContain('AP_INPUT_INVALID')
    expect(await wrong('x', '--hours', 'late')).toContain('--hours: "late" is none')
    expect(await wrong('x', '--line', 'gone')).toContain('AP_NOT_FOUND')
    expect(await wrong('x', '--holiday', 'ZZ')).toContain('are not known')
    expect(await wrong('x', '--refuse', 'rudely')).toContain('AP_INPUT_INVALID')
    expect(await wrong('x', '--gate', 'door')).toContain('Write key, name or none.')
    expect(await wrong('x', '--gate', 'name', '--gate-key', '5')).toContain(
      '--gate-key goes with --gate key.',
    )
    expect(await wrong('x', '--gate-key', '12')).toContain('--gate-key')
    expect(await wrong('x', '--refuse', 'busy', '--gate', 'key')).toContain(
      '--refuse does not go with --gate.',
    )
    expect(await wrong('x', '--ring-seconds', '5', '--at-once')).toContain(
      '--at-once does not go with --ring-seconds.',
    )
    expect(await wrong('--ready-made', 'night', '--phones', 'none')).toContain('comes as it is')
    expect(await wrong('--ready-made', 'night', '--not-line', 'home')).toContain('comes as it is')
    expect(await wrong('x', '--dates', '02-30')).toContain('--dates: there is no such day')
    expect(await wrong('x', '--dates', '2026-02-01..2026-02-29')).toContain('--dates: there is no such day')
    expect(await wrong('--ready-made', 'none')).toContain('AP_NOT_FOUND')
    for (const number of ['030111', '030222']) await run('contacts', 'add', 'Bob', number)
    expect(await wrong('x', '--person', 'Bob')).toContain('"Bob" are several: name one by its id')
    expect(await wrong()).toContain('name: is needed')
  })
})
