import type { z } from 'zod'
import { addSource, changeSource, removeSource } from '../../api/acts/contact-sources.ts'
import { addContact, changeContact, removeContact } from '../../api/acts/contacts.ts'
import { addLine, changeLine, removeLine } from '../../api/acts/lines.ts'
import { addMailbox, changeMailbox, removeMailbox } from '../../api/acts/mailboxes.ts'
import { addNumberList, changeNumberList, removeNumberList } from '../../api/acts/number-lists.ts'
import { addPhone, changePhone, removePhone } from '../../api/acts/phones.ts'
import { addRule, changeRule, removeRule } from '../../api/acts/rules.ts'
import { addTarget, changeTarget, removeTarget } from '../../api/acts/targets.ts'
import {
  contactChange,
  contactInput,
  contactSourceChange,
  contactSourceInput,
  lineChange,
  lineInput,
  type MailboxChange,
  mailboxInput,
  numberListChange,
  numberListInput,
  phoneChange,
  phoneInput,
  ruleChange,
  ruleInput,
  targetChange,
  targetInput,
} from '../../api/contract.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { explainIssue } from '../../shared/explain-issue.ts'
import type { Log } from '../../shared/log.ts'
import type { Passwords } from '../../shared/passwords.ts'
import type { Random } from '../../shared/random.ts'
import type { Contact } from '../../store/model.ts'
import type { Tables } from '../../store/store.ts'
import type { Kind } from './house.ts'
import { type HouseFields, putHouse } from './put-house.ts'
import type { Entry } from './wanted.ts'

export interface ApplyTools {
  readonly store: Tables
  readonly dataDir: string
  readonly clock: Clock
  readonly random: Random
  readonly passwords: Passwords
  readonly log: Pick<Log, 'warn'>
  readonly who: string
}

/** Contacts by their names, as they were at first: asked for each by itself, a thousand are gone through a thousand times. */
export type ContactsByName = ReadonlyMap<string, readonly Contact[]>

export const contactsByName = async ({ store }: Pick<ApplyTools, 'store'>): Promise<ContactsByName> =>
  Map.groupBy(await store.contacts.list(), ({ name }) => name)

/**
 * Adds what an entry declares, or changes what is there by its name, as the API would. Resolves to a secret that was made
 * for it, which is shown this once.
 */
export async function put(
  tools: ApplyTools,
  { kind, name, fields }: Entry,
  contacts: ContactsByName,
): Promise<string | undefined> {
  const { store } = tools
  switch (kind) {
    case 'house':
      await putHouse(tools, fields as HouseFields)
      return undefined
    case 'mailboxes': {
      const { pin, ...rest } = fields as MailboxChange
      const known = await byName(store.mailboxes, name)
      const { id } = known ?? (await addMailbox(tools, check(mailboxInput, { ...rest, name })))
      if (known || pin) await changeMailbox(tools, id, known ? { ...rest, pin } : { pin })
      return undefined
    }
    case 'lines': {
      const known = await byName(store.lines, name)
      if (known) await changeLine(tools, known.id, check(lineChange, fields))
      else await addLine(tools, check(lineInput, { ...fields, name }))
      return undefined
    }
    case 'phones': {
      const known = await byName(store.phones, name)
      const { password } = known
        ? await changePhone(tools, known.id, check(phoneChange, fields))
        : await addPhone(tools, check(phoneInput, { ...fields, name }))
      return password ?? undefined
    }
    case 'contacts': {
      const known = contactNamed(contacts, name)
      if (known) await changeContact(tools, known.id, check(contactChange, fields))
      else await addContact(tools, check(contactInput, { ...fields, name }))
      return undefined
    }
    case 'contactSources': {
      const known = await byName(store.contactSources, name)
      if (known) await changeSource(tools, known.id, check(contactSourceChange, fields))
      else await addSource(tools, check(contactSourceInput, { ...fields, name }))
      return undefined
    }
    case 'numberLists': {
      const known = await byName(store.numberLists, name)
      if (!known) {
        await addNumberList(tools, check(numberListInput, { ...fields, name }))
        return undefined
      }
      const { kind: of = known.kind, ...change } = fields
      if (of !== known.kind)
        throw invalid(`kind: it is from ${known.kind}; one of another kind needs another name`)
      await changeNumberList(tools, known.id, check(numberListChange, change))
      return undefined
    }
    case 'rules': {
      const known = await byName(store.rules, name)
      if (known) await changeRule(tools, known.id, check(ruleChange, fields))
      else await addRule(tools, check(ruleInput, { ...fields, name }))
      return undefined
    }
    case 'targets': {
      const known = await byName(store.targets, name)
      if (!known) {
        const { kind: of, secret } = await addTarget(tools, check(targetInput, { ...fields, name }))
        return of === 'webhook' && fields['secret'] === undefined ? (secret ?? undefined) : undefined
      }
      const { kind: of = known.kind, ...change } = fields
      if (of !== known.kind)
        throw invalid(`kind: it is a ${known.kind}; one of another kind needs another name`)
      await changeTarget(tools, known.id, check(targetChange, change))
      return undefined
    }
  }
}

/** Removes what has this name. Rejects with AP_MAILBOX_IN_USE where a line or a message needs it. */
export async function remove(
  tools: ApplyTools,
  kind: Kind,
  name: string,
  contacts: ContactsByName,
): Promise<void> {
  // There is always one, and it has no name.
  if (kind === 'house') return
  if (kind !== 'contacts') return void (await REMOVALS[kind](tools, name))
  const known = contactNamed(contacts, name)
  if (known) await removeContact(tools, known.id)
}

const REMOVALS: Readonly<
  Record<Exclude<Kind, 'contacts' | 'house'>, (tools: ApplyTools, name: string) => Promise<unknown>>
> = {
  mailboxes: removeMailbox,
  lines: removeLine,
  phones: removePhone,
  numberLists: removeNumberList,
  contactSources: (tools, name) => removeSource(tools, name, { contacts: 'remove' }),
  rules: removeRule,
  targets: removeTarget,
}

/** A thing of exactly this name: a key may be an id as well, but in a file it is none. */
async function byName<Row extends { readonly name: string }>(
  table: { get(key: string): Promise<Row | undefined> },
  name: string,
): Promise<Row | undefined> {
  const row = await table.get(name)
  return row?.name === name ? row : undefined
}

export function contactNamed(contacts: ContactsByName, name: string): Contact | undefined {
  const [known, another] = contacts.get(name) ?? []
  if (another) throw invalid('several contacts have this name; give them different ones first')
  return known
}

function check<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input, { error: explainIssue })
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw invalid(`${issue?.path.join('.')}: ${issue?.message}`)
}

const invalid = (what: string) => new AnswerphoneError('AP_INPUT_INVALID', { what })
