import { moveRule } from '../../api/acts/rules.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { KINDS, type Kind } from './house.ts'
import { type ApplyTools, contactsByName, put, remove } from './put.ts'
import { type Rename, renameAll } from './rename.ts'
import type { Entry } from './wanted.ts'

/** What is to be done: things that are put so, in their order, and things that go. */
export interface Order {
  readonly renames: readonly Rename[]
  readonly entries: readonly Entry[]
  readonly removals: readonly { readonly kind: Kind; readonly name: string }[]
  /** Names of rules, in the order in which they are to be asked, before those that are not named. */
  readonly rules: readonly string[]
}

/** What came of it. */
export interface CarriedOut {
  /** Secrets that were made, to be shown this once. */
  readonly made: readonly { readonly entry: Entry; readonly secret: string }[]
  /** Mailboxes that were to go, and that a line needs. */
  readonly stayed: readonly string[]
}

/**
 * Puts things so, those first that others name. What goes does so before, because its number may be another's now;
 * mailboxes go last, when no line records into them any more.
 *
 * @param refused is told of what the acts refuse, and the others are done nevertheless; without it that rejects
 */
export async function carryOut(
  tools: ApplyTools,
  { renames, entries, removals, rules }: Order,
  refused?: (entry: Entry, error: AnswerphoneError) => void,
): Promise<CarriedOut> {
  await renameAll(tools, renames, refused)
  const contacts = await contactsByName(tools)
  for (const { kind, name } of removals) if (kind !== 'mailboxes') await remove(tools, kind, name, contacts)
  const made: { entry: Entry; secret: string }[] = []
  for (const kind of KINDS)
    for (const entry of entries.filter((one) => one.kind === kind))
      try {
        const secret = await put(tools, entry, contacts)
        if (secret !== undefined) made.push({ entry, secret })
      } catch (error) {
        if (!refused || !(error instanceof AnswerphoneError)) throw error
        refused(entry, error)
      }
  await putInOrder(tools, rules)
  const stayed: string[] = []
  for (const { kind, name } of removals)
    if (kind === 'mailboxes')
      await remove(tools, kind, name, contacts).catch((error: unknown) => {
        if (!refused || !(error instanceof AnswerphoneError && error.code === 'AP_MAILBOX_IN_USE'))
          throw error
        stayed.push(name)
      })
  return { made, stayed }
}

/** Moves only what is not in its place. */
async function putInOrder(tools: ApplyTools, wanted: readonly string[]): Promise<void> {
  const present = (await tools.store.rules.list()).map(({ name }) => name)
  for (const [place, name] of wanted.filter((one) => present.includes(one)).entries()) {
    const at = present.indexOf(name)
    if (at === place) continue
    present.splice(place, 0, ...present.splice(at, 1))
    await moveRule(tools, name, place)
  }
}
