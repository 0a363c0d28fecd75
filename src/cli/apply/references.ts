import { makeMailbox } from '../../api/acts/mailboxes.ts'
import { isId } from '../../shared/ids.ts'
import type { Store } from '../../store/store.ts'
import type { Kind } from './house.ts'
import { isObject } from './is-object.ts'
import { nearest } from './nearest.ts'
import type { Complain } from './read-wanted.ts'
import type { Path, Wanted } from './wanted.ts'
import { ONE } from './words.ts'

/** What other things name. */
type Named = 'greetings' | 'mailboxes' | 'lines' | 'phones' | 'contacts' | 'numberLists'

interface Reference {
  readonly kind: Named
  readonly name: string
  readonly path: Path
}

/** Where names stand in the fields of a thing; `*` is each of a list. */
const PLACES: Readonly<Partial<Record<Kind, readonly (readonly [place: string, kind: Named])[]>>> = {
  mailboxes: [
    ['greeting', 'greetings'],
    ['schedule.*.greeting', 'greetings'],
  ],
  lines: [['mailbox', 'mailboxes']],
  phones: [['mailboxes.*', 'mailboxes']],
  rules: [
    ['when.*.lines.*', 'lines'],
    ['when.*.lists.*', 'numberLists'],
    ['when.*.contacts.*', 'contacts'],
    ['action.phones.*', 'phones'],
    ['action.greeting', 'greetings'],
  ],
}

/** What is there of a kind under a name only until the copy is closed, so that nothing else is refused for it. */
const STAND_INS: Readonly<Record<Named, (copy: Store, name: string) => Promise<unknown>>> = {
  greetings: ({ greetings }, name) =>
    greetings.add({ id: name, name, file: '', durationMs: 0, createdAt: 0 }),
  mailboxes: (copy, name) => makeMailbox(copy, { name }),
  lines: async (copy, name) => {
    const [mailbox = await makeMailbox(copy, { name })] = await copy.mailboxes.list()
    const plain = { number: null, trunk: [], ringSeconds: 0, callBack: null }
    return copy.lines.add({ ...plain, name, mailboxId: mailbox.id })
  },
  phones: ({ phones }, name) =>
    phones.add(
      { name, mailboxIds: [], speaker: false, speakerGainDb: 0, createdAt: 0 },
      { 'SHA-256': '', MD5: '' },
    ),
  contacts: async ({ contacts }, name) => {
    const { length } = await contacts.list()
    return contacts.add({ name, note: '', numbers: [`#${length}`] })
  },
  numberLists: ({ numberLists }, name) =>
    numberLists.add({
      ...{ name, kind: 'file', url: null, token: null, country: null },
      ...{ minVotes: 0, everyHours: 0, createdAt: 0, nextAt: null },
    }),
}

/**
 * Complains of each name that nothing has, here or in the file. What is missing, and what the file declares with a mistake,
 * is there afterwards, as far as what names it can tell.
 */
export async function checkReferences(copy: Store, wanted: Wanted, complain: Complain): Promise<void> {
  const all = [...wanted.entries, ...wanted.broken]
  const rows: Readonly<Record<Named, readonly { readonly id: string; readonly name: string }[]>> = {
    greetings: await copy.greetings.list(),
    mailboxes: await copy.mailboxes.list(),
    lines: await copy.lines.list(),
    phones: await copy.phones.list(),
    contacts: await copy.contacts.list(),
    numberLists: await copy.numberLists.list(),
  }
  const declared = (kind: Named) =>
    all.flatMap((one) => (one.kind === kind || (kind === 'mailboxes' && makesMailbox(one)) ? [one.name] : []))
  for (const kind of Object.keys(STAND_INS) as Named[]) {
    const names = [...rows[kind].map(({ name }) => name), ...declared(kind)]
    const known = new Set([...names, ...rows[kind].map(({ id }) => id)])
    const missing = all
      .flatMap((one) => referencesOf(one.kind, one.fields, one.path))
      .filter((one) => one.kind === kind && !known.has(one.name))
    for (const { name, path } of missing) {
      const renamed = all.find((one) => one.kind === kind && one.was === name)?.name
      const meant = renamed ?? nearest(name, names)
      const advice = meant === undefined ? `${howToAdd(kind)}, or name another` : `did you mean ${meant}?`
      complain(path, `there is no ${ONE[kind]} "${name}"; ${advice}`)
    }
    const present = new Set(rows[kind].map(({ name }) => name))
    const broken = wanted.broken.flatMap((one) =>
      one.kind === kind && !present.has(one.name) ? [one.name] : [],
    )
    for (const name of new Set([...missing.map((one) => one.name), ...broken]))
      await STAND_INS[kind](copy, name)
  }
}

const howToAdd = (kind: Named) =>
  kind === 'greetings' ? 'add it with `answerphone greetings add`' : `declare it under ${kind}`

/** A line without a mailbox has one of its own name. */
const makesMailbox = ({ kind, fields }: { readonly kind: Kind; readonly fields: unknown }) =>
  kind === 'lines' && isObject(fields) && fields['mailbox'] === undefined

/** What these fields name, be something else wrong with them or not. An id of what is gone stays as it is. */
function referencesOf(kind: Kind, fields: unknown, path: Path): Reference[] {
  const found = (PLACES[kind] ?? []).flatMap(([place, to]) =>
    namesAt(fields, place.split('.'), path).map((one) => ({ ...one, kind: to })),
  )
  return kind === 'rules' ? found.filter(({ name }) => !isId(name)) : found
}

function namesAt(value: unknown, [step, ...rest]: readonly string[], path: Path): Omit<Reference, 'kind'>[] {
  if (step === undefined) return typeof value === 'string' ? [{ name: value, path }] : []
  if (step === '*')
    return Array.isArray(value) ? value.flatMap((one, place) => namesAt(one, rest, [...path, place])) : []
  return isObject(value) ? namesAt(value[step], rest, [...path, step]) : []
}
