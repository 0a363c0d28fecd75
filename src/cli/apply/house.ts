import { readHistoryRetention } from '../../mailbox/history-retention.ts'
import { readHouseCountry } from '../../store/house-country.ts'
import type { Action, Condition } from '../../store/model.ts'
import { readMqttSettings } from '../../store/mqtt-settings.ts'
import { readQuietHours } from '../../store/quiet-hours.ts'
import type { Store } from '../../store/store.ts'
import { readTranscription } from '../../transcribe/settings.ts'
import { SECRETS } from './wanted.ts'

/** What a file may declare, in the order in which it is written: each may name what stands before it. */
export const KINDS = [
  'house',
  'mailboxes',
  'lines',
  'phones',
  'contacts',
  'contactSources',
  'numberLists',
  'rules',
  'targets',
] as const
export type Kind = (typeof KINDS)[number]

/** The one thing of its kind: what is set for the house as a whole. */
export const HOUSE = 'house'

/** The fields of one thing, named as the API's inputs have them. */
export type Fields = Readonly<Record<string, unknown>>

/** All that is set up, by name; what names something else does it by its name. Rules are in their order. */
export type House = { readonly [Each in Kind]: ReadonlyMap<string, Fields> }

export type HouseStore = Pick<Store, Exclude<Kind, 'house'> | 'greetings' | 'settings'>

/**
 * What is set up now. With secrets, as they are kept: of accounts, contact sources and targets themselves, of phones and PINs the hashes.
 * Contacts that share a name are left out: by their names they can't be told from each other; those of an address book as
 * well: they are declared there.
 */
export async function readHouse(store: HouseStore): Promise<House> {
  const [mailboxes, lines, phones, contacts, contactSources, numberLists, rules, targets, greetings, hashes] =
    await Promise.all([
      store.mailboxes.list(),
      store.lines.list(),
      store.phones.list(),
      store.contacts.list(),
      store.contactSources.list(),
      store.numberLists.list(),
      store.rules.list(),
      store.targets.list(),
      store.greetings.list(),
      store.phones.credentials(),
    ])
  const namesakes = Map.groupBy(contacts, ({ name }) => name)
  const distinct = contacts.filter(({ name }) => namesakes.get(name)?.length === 1)
  const synced = await store.contactSources.sourcesOf(distinct.map(({ id }) => id))
  const own = distinct.filter(({ id }) => !synced.has(id))
  const naming = (rows: readonly { readonly id: string; readonly name: string }[]) => {
    const names = new Map(rows.map(({ id, name }) => [id, name]))
    return (id: string) => names.get(id) ?? id
  }
  const names = {
    mailbox: naming(mailboxes),
    greeting: naming(greetings),
    line: naming(lines),
    phone: naming(phones),
    contact: naming(distinct),
    list: naming(numberLists),
  }
  return {
    house: new Map([[HOUSE, await readWhole(store)]]),
    mailboxes: byName(mailboxes, ({ greetingId, schedule, pinHash, ...fields }) => ({
      ...fields,
      greeting: greetingId && names.greeting(greetingId),
      schedule: schedule.map(({ greetingId: id, ...entry }) => ({
        ...entry,
        greeting: id && names.greeting(id),
      })),
      pin: pinHash,
    })),
    lines: byName(lines, ({ mailboxId, ...fields }) => ({ ...fields, mailbox: names.mailbox(mailboxId) })),
    phones: byName(phones, ({ name, mailboxIds, speaker, speakerGainDb, srtp }) => ({
      ...{ mailboxes: mailboxIds.map(names.mailbox), speaker, speakerGainDb, srtp },
      password: hashes.find((one) => one.name === name)?.credentials['SHA-256'],
    })),
    contacts: byName(own, (fields) => fields),
    contactSources: byName(contactSources, ({ name, url, user, password, books, intervalMinutes }) => ({
      ...{ name, url, user, password, books, intervalMinutes },
    })),
    numberLists: byName(numberLists, ({ kind, url, token, country, minVotes, everyHours }) => ({
      ...{ kind, country },
      ...(kind !== 'file' && { url, token, everyHours }),
      ...(kind === 'phoneblock' && { minVotes }),
    })),
    rules: byName(rules, ({ enabled, when, action }) => ({
      enabled,
      when: when.map((one) => nameCondition(one, names)),
      action: nameAction(action, names),
    })),
    targets: byName(targets, ({ kind, url, secret, events, enabled, ntfy, quiet }) => ({
      ...{ kind, url, secret, events, enabled, ...(ntfy && { ntfy }), quiet },
    })),
  }
}

async function readWhole(store: HouseStore): Promise<Fields> {
  const { country, from } = await readHouseCountry(store)
  const { since: _, speechModel, ...transcription } = await readTranscription(store)
  return {
    country: from === 'setting' ? country : null,
    quietHours: await readQuietHours(store),
    ...(await readHistoryRetention(store)),
    mqtt: await readMqttSettings(store),
    // There is no way back to none.
    transcription: { ...transcription, ...(speechModel !== null && { speechModel }) },
  }
}

type Naming = Readonly<Record<'line' | 'phone' | 'greeting' | 'contact' | 'list', (id: string) => string>>

function nameCondition(condition: Condition, names: Naming): Condition {
  if (condition.kind === 'line') return { ...condition, lines: condition.lines.map(names.line) }
  if (condition.kind === 'listed') return { ...condition, lists: condition.lists.map(names.list) }
  if (condition.kind === 'people') return { ...condition, contacts: condition.contacts.map(names.contact) }
  return condition
}

function nameAction(action: Action, names: Naming): Action {
  if (action.kind === 'refuse') return action
  const { phones, greeting } = action
  return {
    ...action,
    ...(phones && { phones: phones.map(names.phone) }),
    ...(greeting && { greeting: names.greeting(greeting) }),
  }
}

function byName<Row extends { readonly id: string; readonly name: string }>(
  rows: readonly Row[],
  fieldsOf: (row: Row) => object,
): ReadonlyMap<string, Fields> {
  return new Map(
    rows.map((row) => {
      const { id: _, name: __, ...fields } = fieldsOf(row) as Record<string, unknown>
      return [row.name, fields]
    }),
  )
}

/** The same without secrets, as it may be shown. */
export function withoutSecrets(house: House): House {
  const shown = (kind: Kind): ReadonlyMap<string, Fields> =>
    new Map(
      [...house[kind]].map(([name, { password: _, pin: __, secret: ___, token: ____, ...fields }]) => {
        return [name, withoutInner(fields, SECRETS[kind]?.within)]
      }),
    )
  return {
    house: shown('house'),
    mailboxes: shown('mailboxes'),
    lines: shown('lines'),
    phones: shown('phones'),
    contacts: shown('contacts'),
    numberLists: shown('numberLists'),
    rules: shown('rules'),
    contactSources: shown('contactSources'),
    targets: shown('targets'),
  }
}

/** The fields without the password of what stands in this one of them. */
export function withoutInner(fields: Fields, within: string | undefined): Fields {
  const inner = within === undefined ? undefined : fields[within]
  if (within === undefined || typeof inner !== 'object' || inner === null) return fields
  const { password: _, ...rest } = inner as Fields
  return { ...fields, [within]: rest }
}
