import type { CallerEntry, CallerProfile } from '../../src/api/contract.ts'
import { withContact } from './fake-contacts.ts'
import type { FakeMachine } from './fake-machine.ts'
import { type Answer, type Ask, refuse } from './fake-routes.ts'

const notes = new WeakMap<FakeMachine, Map<string, string>>()

/** Answers what is asked about one caller; undefined when it is about something else. */
export function answerCallerPages(machine: FakeMachine, ask: Ask, route: string): Answer | undefined {
  if (!/^(GET|PATCH|DELETE) callers\/:id(\/history)?$/.test(route)) return undefined
  const { contacts, blocked } = machine.settings
  const key = decodeURIComponent(ask.path.split('/')[2] ?? '')
  const own = notes.get(machine) ?? new Map<string, string>()
  notes.set(machine, own)
  const contact = contacts.find(({ id }) => id === key) ?? null
  const isTheirs = (row: { readonly callerNumber: string | null }) =>
    contact ? withContact(contacts, row).contact?.id === contact.id : row.callerNumber === key
  const calls = machine.past.filter(isTheirs)
  const messages = machine.messages.filter((message) => message.state !== 'trash' && isTheirs(message))
  if (!contact && calls.length + messages.length === 0)
    return refuse(404, 'AP_NOT_FOUND', `There is no caller "${key}".`)
  if (route.endsWith('/history')) {
    const q = (ask.query.get('q') ?? '').toLowerCase()
    const entries: CallerEntry[] = [
      ...calls.map((call) => ({ kind: 'call', call: withContact(contacts, call) }) as const),
      ...messages.map((message) => ({ kind: 'message', message: withContact(contacts, message) }) as const),
    ]
    const at = (entry: CallerEntry) =>
      entry.kind === 'call' ? entry.call.arrivedAt : entry.message.receivedAt
    return {
      status: 200,
      json: {
        entries: entries
          .filter((entry) => JSON.stringify(entry).toLowerCase().includes(q))
          .toSorted((a, b) => at(b).localeCompare(at(a))),
        nextCursor: null,
      },
    }
  }
  if (ask.method === 'DELETE') {
    machine.past = machine.past.filter((call) => !isTheirs(call))
    if (contact)
      machine.settings.contacts = contacts.map((each) => (each === contact ? { ...each, note: '' } : each))
    else own.delete(key)
    return { status: 200, json: { calls: calls.length } }
  }
  if (ask.method === 'PATCH') {
    const { note } = ask.body as { note: string }
    if (contact)
      machine.settings.contacts = contacts.map((each) => (each === contact ? { ...each, note } : each))
    else own.set(key, note)
  }
  const now = machine.settings.contacts.find(({ id }) => id === key) ?? null
  const plain = (number: string) => number.replace(/[^\d+]/g, '')
  const numbers = (now?.numbers ?? [key]).map((number) => ({
    ...{
      number,
      e164: plain(number),
      display:
        [...calls, ...messages].find(({ callerE164 }) => callerE164 === plain(number))?.callerDisplay ??
        number,
    },
    blockedAs: blocked.find((each) => plain(each.number) === plain(number))?.number ?? null,
  }))
  const isBlocked = numbers.some(({ blockedAs }) => blockedAs !== null)
  const profile: CallerProfile = {
    ...{
      key,
      contact: now,
      name: now?.name ?? calls[0]?.callerName ?? messages[0]?.callerName ?? null,
      numbers,
    },
    class: isBlocked ? 'blocked' : now ? (now.favourite ? 'favourite' : 'known') : 'unknown',
    note: now?.note ?? own.get(key) ?? '',
  }
  return { status: 200, json: profile }
}
