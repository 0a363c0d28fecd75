import type { z } from 'zod'
import { plainName } from '../../api/contract/plain-name.ts'
import {
  contactChange,
  contactName,
  contactSourceChange,
  historyRetentionChange,
  houseChange,
  houseQuiet,
  lineChange,
  mailboxChange,
  mqttChange,
  numberListChange,
  numberListInput,
  phoneInput,
  ruleInput,
  ruleName,
  targetChange,
  targetInput,
  transcriptionChange,
} from '../../api/contract.ts'
import type { Fields, Kind } from './house.ts'

/** One thing that a file declares. What it leaves out stays as it is; a rule is declared whole. */
export interface Entry {
  readonly kind: Kind
  readonly name: string
  readonly fields: Fields
  /** What it was called before. */
  readonly was?: string
  /** Where it stands in the file. */
  readonly path: Path
}

/** Keys and places in lists, from the top. */
export type Path = readonly (string | number)[]

/** What a file declares; a kind that it does not name is left alone. */
export interface Wanted {
  readonly kinds: ReadonlySet<Kind>
  readonly entries: readonly Entry[]
  /** Those in which something can't be read, as they are written. They are not tried: what is refused then may come of it. */
  readonly broken: readonly (Omit<Entry, 'fields'> & { readonly fields: unknown })[]
}

/** What stands under a name: the API's own inputs, without the name. */
export const FIELDS: Readonly<Record<Kind, z.ZodType>> = {
  house: houseChange
    .extend({ quietHours: houseQuiet.shape.hours, mqtt: mqttChange.nullable() })
    // Its key is of no database: it stands in a file of its own.
    .extend({ transcription: transcriptionChange.omit({ serverKey: true, older: true }) })
    .extend(historyRetentionChange.shape)
    .partial(),
  mailboxes: mailboxChange.omit({ name: true }),
  lines: lineChange.omit({ name: true }),
  phones: phoneInput.omit({ name: true }),
  contacts: contactChange.omit({ name: true }),
  numberLists: numberListChange.omit({ name: true }).extend({ kind: numberListInput.shape.kind.optional() }),
  contactSources: contactSourceChange.omit({ name: true }),
  rules: ruleInput.omit({ name: true, place: true }),
  targets: targetChange.omit({ name: true }).extend({ kind: targetInput.shape.kind.optional() }),
}

export const NAMES: Readonly<Record<Kind, z.ZodType>> = {
  house: plainName,
  mailboxes: plainName,
  lines: plainName,
  phones: plainName,
  contacts: contactName,
  numberLists: plainName,
  contactSources: contactName,
  rules: ruleName,
  targets: plainName,
}

/** Where the secret of a thing stands in its fields, and what stands for one that can't be read while the rest is checked. */
export const SECRETS: Readonly<
  Partial<Record<Kind, { readonly within?: string; readonly key: string; readonly standIn?: string }>>
> = {
  house: { within: 'mqtt', key: 'password' },
  mailboxes: { key: 'pin' },
  lines: { within: 'account', key: 'password', standIn: 'unread' },
  phones: { key: 'password' },
  numberLists: { key: 'token', standIn: 'unread' },
  contactSources: { key: 'password', standIn: 'unread' },
  targets: { key: 'secret' },
}
