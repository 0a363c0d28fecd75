import { changeSource } from '../../api/acts/contact-sources.ts'
import { changeContact } from '../../api/acts/contacts.ts'
import { changeLine } from '../../api/acts/lines.ts'
import { changeMailbox } from '../../api/acts/mailboxes.ts'
import { changeNumberList } from '../../api/acts/number-lists.ts'
import { changePhone } from '../../api/acts/phones.ts'
import { changeRule } from '../../api/acts/rules.ts'
import { changeTarget } from '../../api/acts/targets.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Fields, House, Kind } from './house.ts'
import { type ApplyTools, contactNamed, contactsByName } from './put.ts'
import type { Complain } from './read-wanted.ts'
import type { Entry, Wanted } from './wanted.ts'
import { nameOf } from './words.ts'

/** A thing that gets another name, and stays what it is: what names it, and what is in it, stays with it. */
export interface Rename {
  readonly entry: Entry
  readonly was: string
}

const RENAMES: Readonly<
  Record<
    Exclude<Kind, 'house'>,
    (tools: ApplyTools, was: string, name: string, fields: Fields) => Promise<unknown>
  >
> = {
  mailboxes: (tools, was, name) => changeMailbox(tools, was, { name }),
  lines: (tools, was, name) => changeLine(tools, was, { name }),
  phones: (tools, was, name, { password }) =>
    changePhone(tools, was, { name, ...(typeof password === 'string' && { password }) }),
  contacts: async (tools, was, name) => {
    const known = contactNamed(await contactsByName(tools), was)
    if (known) await changeContact(tools, known.id, { name })
  },
  contactSources: (tools, was, name) => changeSource(tools, was, { name }),
  numberLists: (tools, was, name) => changeNumberList(tools, was, { name }),
  rules: (tools, was, name) => changeRule(tools, was, { name }),
  targets: (tools, was, name) => changeTarget(tools, was, { name }),
}

/**
 * Which things get another name, each once its new name is free. A thing that has its new name, or is not there at all, needs
 * none: the file may be applied again, and elsewhere.
 */
export function renamesIn(present: House, { entries }: Wanted, complain: Complain): Rename[] {
  const taken = new Set(
    Object.entries(present).flatMap(([kind, things]) => [...things.keys()].map((name) => `${kind} ${name}`)),
  )
  const has = (kind: Kind, name: string) => taken.has(`${kind} ${name}`)
  const renames: Rename[] = []
  let waiting = entries.flatMap((entry) => (entry.was === undefined ? [] : [{ entry, was: entry.was }]))
  for (;;) {
    const next = waiting.find(({ entry: { kind, name }, was }) => has(kind, was) && !has(kind, name))
    if (!next) break
    const { kind, name } = next.entry
    taken.delete(`${kind} ${next.was}`)
    taken.add(`${kind} ${name}`)
    renames.push(next)
    waiting = waiting.filter((one) => one !== next)
  }
  for (const { entry, was } of waiting) {
    const { kind, name, path } = entry
    // Another thing may be called so by now.
    if (!has(kind, was) || entries.some((one) => one.kind === kind && one.name === was)) continue
    complain(
      [...path, 'was'],
      `there are both ${nameOf(kind, was)} and ${name}; remove one, or take this out`,
    )
  }
  return renames
}

/** Gives them their new names. @param refused as of carryOut */
export async function renameAll(
  tools: ApplyTools,
  renames: readonly Rename[],
  refused?: (entry: Entry, error: AnswerphoneError) => void,
): Promise<void> {
  for (const { entry, was } of renames)
    try {
      if (entry.kind !== 'house') await RENAMES[entry.kind](tools, was, entry.name, entry.fields)
    } catch (error) {
      if (!refused || !(error instanceof AnswerphoneError)) throw error
      refused(entry, error)
    }
}
