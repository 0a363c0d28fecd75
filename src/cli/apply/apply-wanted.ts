import type { AnswerphoneError } from '../../shared/errors.ts'
import type { Store } from '../../store/store.ts'
import { carryOut } from './carry-out.ts'
import { type House, KINDS, type Kind, readHouse } from './house.ts'
import { type Change, plan } from './plan.ts'
import type { ApplyTools } from './put.ts'
import type { Complain } from './read-wanted.ts'
import { checkReferences } from './references.ts'
import { openRehearsal } from './rehearsal.ts'
import { renameAll, renamesIn } from './rename.ts'
import type { Entry, Wanted } from './wanted.ts'

/** What a file comes to on what is set up now. */
export interface Applicable {
  readonly changes: readonly Change[]
  /** Mailboxes that the file does not name, and that a line or messages need. */
  readonly stay: readonly { readonly name: string; readonly why: string }[]
  /** Does it all, or nothing. Resolves to the secrets that were made for what is new, which are shown this once. */
  apply(): Promise<readonly { readonly entry: Entry; readonly secret: string }[]>
}

/**
 * Tries all that a file declares on a copy of what is set up, and tells what it comes to. Nothing is written before
 * `apply`.
 *
 * @param prune removes what the sections of the file do not name; a section that it has not is left alone
 * @param complain is told of what the machine would refuse
 */
export async function prepare(
  tools: ApplyTools & { readonly store: Store },
  wanted: Wanted,
  prune: boolean,
  complain: Complain,
): Promise<Applicable> {
  const { store } = tools
  const needed = prune ? await withMessages(tools) : new Map<string, string>()
  const copy = await openRehearsal(store, tools)
  try {
    const trying = { ...tools, store: copy }
    const refused = refusals(complain)
    const renames = renamesIn(await readHouse(copy), wanted, complain)
    await renameAll(trying, renames, refused)
    const present = await readHouse(copy)
    await checkReferences(copy, wanted, complain)
    const entries = await forgetKnownPins(trying, wanted.entries)
    const unnamed = prune ? unnamedIn(present, wanted) : []
    const removals = unnamed.filter(({ kind, name }) => kind !== 'mailboxes' || !needed.has(name))
    const rules = entries.filter(({ kind }) => kind === 'rules').map(({ name }) => name)
    const { stayed } = await carryOut(trying, { renames: [], entries, removals, rules }, refused)
    const changes: Change[] = [
      ...renames.map(({ entry: { kind, name }, was }): Change => ({ act: 'rename', kind, name, was })),
      ...plan(present, await readHouse(copy)),
    ]
    const isChanged = (kind: Kind, name: string) =>
      changes.some(
        (change) =>
          'kind' in change && change.act !== 'rename' && change.kind === kind && change.name === name,
      )
    const stay = unnamed.flatMap(({ kind, name }) => {
      if (kind !== 'mailboxes') return []
      const why = needed.get(name) ?? (stayed.includes(name) ? 'a line records into it' : undefined)
      return why === undefined ? [] : [{ name, why }]
    })
    return {
      changes,
      stay,
      async apply() {
        const { made } = await store.together((tables) =>
          carryOut(
            { ...tools, store: tables },
            {
              renames,
              entries: entries.filter(({ kind, name }) => isChanged(kind, name)),
              removals: changes.filter((change) => change.act === 'remove'),
              rules,
            },
          ),
        )
        return made
      },
    }
  } finally {
    await copy.close()
  }
}

/** Tells what was refused at the field that it is about, where it says which. */
const refusals =
  (complain: Complain) =>
  ({ path, fields }: Entry, { code, message }: AnswerphoneError): void => {
    const [said = '', field = ''] = /^([\w.]+): /.exec(message) ?? []
    const steps = field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    const isField = Object.hasOwn(fields, `${steps[0]}`)
    complain(isField ? [...path, ...steps] : path, `${code}: ${message.slice(isField ? said.length : 0)}`)
  }

/** A PIN that is the same as the one that is kept is no change; its hash would be another each time. */
async function forgetKnownPins(
  { store, passwords }: Pick<ApplyTools, 'store' | 'passwords'>,
  entries: readonly Entry[],
): Promise<Entry[]> {
  const mailboxes = await store.mailboxes.list()
  return Promise.all(
    entries.map(async (entry) => {
      const { pin, ...fields } = entry.fields
      const known = mailboxes.find(({ name }) => entry.kind === 'mailboxes' && name === entry.name)?.pinHash
      const isKnown = known && typeof pin === 'string' && (await passwords.verify(pin, known))
      return isKnown ? { ...entry, fields } : entry
    }),
  )
}

/** What is there of the kinds that a file has, without being named in it. */
const unnamedIn = (present: House, { kinds, entries, broken }: Wanted) =>
  KINDS.filter((kind) => kinds.has(kind)).flatMap((kind) =>
    [...present[kind].keys()]
      .filter((name) => ![...entries, ...broken].some((entry) => entry.kind === kind && entry.name === name))
      .map((name) => ({ kind, name })),
  )

/** Mailboxes that hold messages, in the trash or not, and how many. */
async function withMessages({ store }: Pick<ApplyTools, 'store'>): Promise<Map<string, string>> {
  const [mailboxes, counts] = await Promise.all([store.mailboxes.list(), store.messages.counts()])
  const held = mailboxes.map(({ id, name }) => {
    const count = counts.reduce((sum, row) => (row.mailboxId === id ? sum + row.count : sum), 0)
    return [name, count] as const
  })
  return new Map(
    held
      .filter(([, count]) => count > 0)
      .map(([name, count]) => [name, `${count} ${count === 1 ? 'message is' : 'messages are'} in it`]),
  )
}
