import type {
  Contact,
  ContactImport,
  ContactInput,
  ContactPage,
  KnownContact,
} from '../../src/api/contract.ts'
import type { FakeMachine } from './fake-machine.ts'
import { type Answer, type Ask, done, refuse } from './fake-routes.ts'

let lastId = 0

export const sampleContacts = (): Contact[] => [
  {
    id: 'k1',
    name: 'Praxis Dr. Sommer',
    note: 'Closed on Wednesdays',
    favourite: false,
    source: null,
    numbers: ['+49 30 23125042'],
  },
  {
    id: 'k2',
    name: 'Jonas Weber',
    note: '',
    favourite: false,
    source: null,
    numbers: ['+49 89 99998071', '+49 171 9999807'],
  },
  {
    id: 'k3',
    name: 'Mum',
    note: 'At the lake until Sunday',
    favourite: true,
    source: null,
    numbers: ['+44 20 7946 0311', '+44 7700 900311'],
  },
]

const plain = (number: string) => number.replace(/[^\d+]/g, '').replace(/^00/, '+')

/** The row with whom its caller is known as. */
export function withContact<Row extends { readonly callerNumber: string | null }>(
  contacts: readonly Contact[],
  row: Row,
): Row & { contact: KnownContact | null } {
  const { callerNumber } = row
  const found = contacts.find(({ numbers }) =>
    numbers.some((number) => plain(number) === plain(callerNumber ?? '-')),
  )
  return { ...row, contact: found ? { id: found.id, name: found.name } : null }
}

/** Answers what is asked about contacts; undefined when it is about something else. */
export function answerContacts(machine: FakeMachine, ask: Ask, route: string): Answer | undefined {
  const { settings } = machine
  const id = ask.path.split('/')[2] ?? ''
  const found = settings.contacts.find((contact) => contact.id === id)
  const put = (contacts: readonly Contact[]) => {
    settings.contacts = contacts.toSorted((a, b) => a.name.localeCompare(b.name))
    machine.tell({ kind: 'contacts-changed' })
  }
  const others = settings.contacts.filter((contact) => contact !== found)
  switch (route) {
    case 'GET contacts':
      return { status: 200, json: pageOf(search(settings.contacts, ask.query.get('q') ?? ''), ask.query) }
    case 'POST contacts': {
      const taken = refuseTaken(others, ask.body)
      if (taken) return taken
      const { name, numbers, note = '', favourite = false } = ask.body as unknown as ContactInput
      const contact = { id: `k-new${++lastId}`, name, note, favourite, source: null, numbers: [...numbers] }
      put([...others, contact])
      return { status: 201, json: contact }
    }
    case 'POST contacts/:id': // contacts/import
      return {
        status: 200,
        json: takeIn(
          settings.contacts,
          ask.bytes.toString(),
          ask.query.get('dryRun') === 'true' ? null : put,
        ),
      }
  }
  if (!/^(GET|PATCH|DELETE) contacts\/:id$/.test(route)) return undefined
  if (id === 'export') return { status: 200, json: settings.contacts }
  if (!found) return refuse(404, 'AP_NOT_FOUND', `There is no contact "${id}".`)
  if (ask.method === 'GET') return { status: 200, json: found }
  if (ask.method === 'DELETE') {
    put(others)
    return done
  }
  const taken = refuseTaken(others, ask.body)
  if (taken) return taken
  const contact = { ...found, ...(ask.body as Partial<Contact>) }
  put([...others, contact])
  return { status: 200, json: contact }
}

function search(contacts: readonly Contact[], q: string): readonly Contact[] {
  // In national or in 00 form, a number goes on as it does after the country code.
  const needle = /^[+\d\s()/.-]+$/.test(q) ? plain(q).replace(/^\+?0*/, '') : q.toLowerCase()
  return contacts.filter(({ name, note, numbers }) =>
    `${name} ${note} ${numbers.map(plain).join(' ')}`.toLowerCase().includes(needle),
  )
}

/** The cursor is the place in the list. */
function pageOf(found: readonly Contact[], query: URLSearchParams): ContactPage {
  const from = Number(query.get('cursor') ?? 0)
  const end = from + Number(query.get('limit') ?? 50)
  return {
    contacts: found.slice(from, end),
    nextCursor: end < found.length ? `${end}` : null,
    total: found.length,
  }
}

function refuseTaken(
  others: readonly Contact[],
  { numbers = [] }: { numbers?: readonly string[] },
): Answer | undefined {
  for (const number of numbers) {
    const owner = others.find((contact) => contact.numbers.some((has) => plain(has) === plain(number)))
    if (owner)
      return refuse(
        409,
        'AP_CONTACT_NUMBER_TAKEN',
        `The number ${number} is in the contact "${owner.name}" already. Add it there, or take it away there first.`,
      )
  }
  return undefined
}

/** No more of a vCard than the pictures and tests need. */
function takeIn(
  contacts: readonly Contact[],
  text: string,
  /** Null: only what would come of it is asked. */
  put: ((contacts: readonly Contact[]) => void) | null,
): ContactImport {
  const cards = text.split(/^BEGIN:VCARD\r?$/m).slice(1)
  const of = (card: string, name: string) => new RegExp(`^${name}[^:]*:(.*?)\\r?$`, 'm').exec(card)?.[1] ?? ''
  const read = cards.map((card) => ({
    name: of(card, 'FN'),
    note: of(card, 'NOTE'),
    number: of(card, 'TEL'),
  }))
  const good = read.filter(({ number }) => /\d/.test(number))
  put?.([
    ...contacts,
    ...good.map(({ name, note, number }) => ({
      id: `k-new${++lastId}`,
      name,
      note,
      favourite: false,
      source: null,
      numbers: [number],
    })),
  ])
  return {
    added: good.length,
    changed: 0,
    unchanged: 0,
    withoutNumber: 0,
    dryRun: put === null,
    columns: null,
    people: good.map(({ name }) => ({ name, outcome: 'added' as const })),
    problems: read
      .filter((card) => !good.includes(card))
      .map(({ number }) => ({ line: 4, problem: 'number-unusable', text: number })),
  }
}
