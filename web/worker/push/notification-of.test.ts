import { expect, it } from 'vitest'
import { notificationOf } from './notification-of.ts'

const about = { callId: 'c1', line: 'home', callerName: 'Grace', callerNumber: '+4930111', language: 'en' }
const answersAt = '2026-11-26T12:00:18.000Z'

it('shows who rings, with what can be done, until that is decided', () => {
  const { title, options, passing } = notificationOf({ kind: 'ringing', ...about, answersAt })
  expect([title, options.body, options.requireInteraction, passing]).toEqual([
    'Grace calls',
    '+4930111 · on home',
    true,
    false,
  ])
  expect(options.actions?.map(({ action }) => action)).toEqual(['pick-up', 'answer'])
})

it('says what name was said, or that one was, and does not ring again for it', () => {
  const ringing = { kind: 'ringing', ...about, answersAt } as const
  const named = notificationOf({ ...ringing, saidName: { words: null } }).options
  expect([named.body, named.renotify]).toEqual(['says a name – touch to listen\n+4930111 · on home', false])
  expect(notificationOf({ ...ringing, saidName: { words: 'Michael Miller' } }).options.body).toBe(
    '“Michael Miller”\n+4930111 · on home',
  )
  expect(notificationOf(ringing).options.renotify).toBe(true)
})

it('puts all of a call in one place; what only takes the ringing back passes', () => {
  const shown = [
    notificationOf({ kind: 'ringing', ...about, answersAt }),
    notificationOf({ kind: 'missed', ...about }),
    notificationOf({ kind: 'taken', ...about }),
    notificationOf({ kind: 'message', ...about, messageId: 'm1', durationMs: 12_000, said: '' }),
  ]
  expect(new Set(shown.map(({ options }) => options.tag))).toEqual(new Set(['call-c1']))
  expect(shown.map(({ passing }) => passing)).toEqual([false, false, true, false])
  expect(shown.map(({ options }) => options.silent ?? false)).toEqual([false, true, true, false])
})

it('speaks the page’s language, also of who withholds the number', () => {
  const { title, options } = notificationOf({
    kind: 'message',
    ...about,
    callerName: null,
    callerNumber: null,
    messageId: 'm1',
    durationMs: 64_600,
    said: 'Hallo.',
    language: 'de',
  })
  expect([title, options.body]).toEqual(['Neue Nachricht von Unbekannt', 'Hallo.\n1:05 · auf home'])
  expect(options.actions?.map(({ title }) => title)).toEqual(['Abspielen', 'Löschen'])
  expect(options.data).toEqual({ callId: 'c1', messageId: 'm1' })
})

it('names a caller without a name by the number alone', () => {
  const { title, options } = notificationOf({ kind: 'missed', ...about, callerName: null })
  expect([title, options.body]).toEqual(['+4930111 called', 'on home'])
})

it('a message that comes in quiet hours is shown without a sound', () => {
  const message = { kind: 'message', ...about, messageId: 'm1', durationMs: 4000, said: '' } as const
  expect(notificationOf(message).options.silent).toBeUndefined()
  expect(notificationOf({ ...message, quiet: true }).options.silent).toBe(true)
})

it('says what fills up, and how full it is', () => {
  const { title, options } = notificationOf({ kind: 'filling', mailbox: 'home', percent: 80, language: 'en' })
  expect([title, options.body]).toEqual([
    'Mailbox home is 80 % full',
    'Delete messages, or make room for more.',
  ])
  const disk = notificationOf({ kind: 'filling', mailbox: null, percent: 100, quiet: true, language: 'de' })
  expect([disk.title, disk.options.silent]).toEqual(['Die Festplatte ist zu 100 % voll', true])
})

it('says for which mailbox wrong PINs were typed, by whom, and until when it takes none', () => {
  const { title, options } = notificationOf({
    ...{ kind: 'pin-locked', mailbox: 'home', callerName: null, callerNumber: '+4930111', language: 'de' },
    until: '2026-11-26T12:00:00.000Z',
  })
  expect(title).toBe('Falsche PINs für die Mailbox home')
  expect(options.body).toMatch(/^\+4930111 · keine PIN gilt bis .*2026/)
})
