import { describe, expect, it } from 'vitest'
import { ownerSays } from '../../../test/helpers/owner-says/all.ts'
import { is, isNot } from '../../../test/helpers/rule-calls.ts'
import type { Action, Condition } from '../rule.ts'
import { german } from './de.ts'
import { english } from './en.ts'

const names = {
  line: (id: string) => (id === 'gone' ? undefined : id),
  phone: (id: string) => (id === 'gone' ? undefined : id),
  greeting: () => undefined,
  list: (id: string) => (id === 'gone' ? undefined : id),
  contact: (id: string) => (id === 'mum' ? 'Mum' : undefined),
}

const SENTENCES: readonly (readonly [Condition[], Action, en: string, de: string])[] = [
  [
    [is({ kind: 'people', contacts: ['mum', 'gone'] })],
    { kind: 'take' },
    'If the caller is Mum or a contact that is gone: everything goes as usual.',
    'Wenn der Anrufer Mum oder ein gelöschter Kontakt ist: alles geht wie sonst.',
  ],
  [
    [isNot({ kind: 'who', are: ['contact', 'anonymous'] }), is({ kind: 'number', like: ['+43*', '0900*'] })],
    { kind: 'take', phones: ['kitchen', 'gone'], ringSeconds: 1, greeting: 'gone', label: 'Wien' },
    'If the caller is not a contact or anonymous and the number is +43… or 0900…: only kitchen and a phone that is gone may ring, the machine answers after 1 second, the caller hears the greeting of the mailbox and phones show “Wien” before the name.',
    'Wenn der Anrufer weder ein Kontakt noch anonym ist und die Nummer +43… oder 0900… ist: nur kitchen und ein gelöschtes Telefon darf klingeln, der Anrufbeantworter geht nach 1 Sekunde dran, der Anrufer hört die Ansage des Anrufbeantworters und die Telefone zeigen „Wien“ vor dem Namen.',
  ],
  [
    [
      is({ kind: 'hours', spans: [{ days: ['sat', 'mon', 'tue', 'wed'], from: '22:00', to: '07:00' }] }),
      isNot({ kind: 'dates', spans: [{ from: '12-24', to: '01-01' }] }),
      isNot({ kind: 'calls', atLeast: 11, minutes: 120 }),
    ],
    { kind: 'take', ringSeconds: 0, phones: [], junk: true },
    'If it is Monday to Wednesday or Saturday between 22:00 and 07:00, the day is not from 24 December to 1 January and it is not yet the 11th call from this caller in 2 hours: the machine answers at once and a message goes to junk.',
    'Wenn es Montag bis Mittwoch oder Samstag zwischen 22:00 und 07:00 Uhr ist, der Tag nicht vom 24.12. bis 01.01. ist und es noch nicht der 11. Anruf dieses Anrufers in 2 Stunden ist: der Anrufbeantworter geht sofort dran und eine Nachricht kommt in den Spam.',
  ],
  [
    [is({ kind: 'listed', lists: ['spam', 'gone'] }), isNot({ kind: 'listed', lists: [] })],
    { kind: 'take', junk: true },
    'If the number is on the block list spam or (gone) and the number is not on a block list: a message goes to junk.',
    'Wenn die Nummer auf der Sperrliste spam oder (gelöscht) steht und die Nummer nicht auf einer Sperrliste steht: eine Nachricht kommt in den Spam.',
  ],
  [
    [is({ kind: 'who', are: ['stranger'] })],
    { kind: 'take', gate: { kind: 'key', digit: '5' }, ringSeconds: 20 },
    'If the caller is a stranger: the machine greets after 20 seconds and the caller has to press 5 before phones ring, or a message goes to junk.',
    'Wenn der Anrufer unbekannt ist: die Ansage kommt nach 20 Sekunden und der Anrufer muss die 5 drücken, bevor Telefone klingeln, sonst kommt eine Nachricht in den Spam.',
  ],
  [
    [],
    { kind: 'take', gate: { kind: 'name' }, ringSeconds: 0 },
    'At every call: the caller has to say a name before the machine greets, or a message goes to junk.',
    'Bei jedem Anruf: der Anrufer muss seinen Namen sagen, bevor die Ansage kommt, sonst kommt eine Nachricht in den Spam.',
  ],
  [
    [],
    { kind: 'take', gate: { kind: 'name' }, phones: [], junk: true },
    'At every call: no phone rings, a message goes to junk and the caller has to say a name before it rings, or a message goes to junk.',
    'Bei jedem Anruf: kein Telefon klingelt, eine Nachricht kommt in den Spam und der Anrufer muss seinen Namen sagen, bevor es klingelt, sonst kommt eine Nachricht in den Spam.',
  ],
  [
    [],
    { kind: 'refuse', as: 'unobtainable' },
    'At every call: the caller hears that there is no such number.',
    'Bei jedem Anruf: der Anrufer hört „kein Anschluss unter dieser Nummer“.',
  ],
]

describe('a rule in words', () => {
  it.each(SENTENCES)('%j %j', (when, action, en, de) => {
    expect(english.rule({ when, action }, names)).toBe(en)
    expect(german.rule({ when, action }, names)).toBe(de)
  })

  it('says each condition otherwise when it is turned round, and never what is no word', () => {
    for (const [, when, action] of ownerSays)
      for (const words of [english, german]) {
        expect(words.rule({ when, action }, names)).not.toMatch(/undefined|null|NaN|\[object| {2}/)
        for (const condition of when)
          expect(words.condition({ ...condition, not: !condition.not }, names)).not.toBe(
            words.condition(condition, names),
          )
      }
  })
})
