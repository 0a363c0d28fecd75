import { changeHistoryRetention, readHistoryRetention } from '../../mailbox/history-retention.ts'
import type { Clock } from '../../shared/clock.ts'
import { idMaker } from '../../shared/ids.ts'
import { silentLog } from '../../shared/log.ts'
import type { Random } from '../../shared/random.ts'
import { setHouseCountry } from '../../store/house-country.ts'
import { keepMqttSettings, readMqttSettings } from '../../store/mqtt-settings.ts'
import { keepQuietHours, readQuietHours } from '../../store/quiet-hours.ts'
import { REALM_KEY } from '../../store/realm.ts'
import { IN_MEMORY, openSqliteStore } from '../../store/sqlite/open-sqlite-store.ts'
import type { Store } from '../../store/store.ts'
import { keepTranscription, readTranscription } from '../../transcribe/settings.ts'

/**
 * A database in memory with all that is set up, under the same ids, and without calls and messages: what is done there
 * shows what would come of it, and what would be refused, before anything is written. Close it afterwards.
 */
export async function openRehearsal(
  store: Store,
  { clock, random, dataDir }: { readonly clock: Clock; readonly random: Random; readonly dataDir: string },
): Promise<Store> {
  const fresh = idMaker(clock, random)
  let next: string | undefined
  const makeId = () => {
    const id = next ?? fresh()
    next = undefined
    return id
  }
  const copy = await openSqliteStore({ file: IN_MEMORY, clock, makeId, log: silentLog })
  /** Adds each row under the id that it has. */
  const copyAll = async <Row extends { readonly id: string }>(
    rows: Promise<readonly Row[]>,
    add: (row: Row) => Promise<unknown>,
  ) => {
    for (const row of await rows) {
      next = row.id
      await add(row)
    }
    next = undefined
  }
  const realm = await store.settings.get(REALM_KEY)
  if (realm !== null) await copy.settings.set(REALM_KEY, realm)
  await setHouseCountry(copy, (await store.settings.get('country')) || null)
  await keepQuietHours(copy, await readQuietHours(store))
  await changeHistoryRetention(copy, await readHistoryRetention(store))
  await keepMqttSettings(copy, await readMqttSettings(store))
  await keepTranscription(copy, dataDir).write(await readTranscription(store))
  const credentials = new Map(
    (await store.phones.credentials()).map((one) => [one.name, one.credentials] as const),
  )
  await copyAll(store.greetings.list(), (row) => copy.greetings.add(row))
  await copyAll(store.mailboxes.list(), ({ id: _, ...row }) => copy.mailboxes.add(row))
  await copyAll(store.lines.list(), ({ id: _, ...row }) => copy.lines.add(row))
  await copyAll(store.phones.list(), ({ id: _, hasRegistered: __, ...row }) =>
    copy.phones.add(row, credentials.get(row.name) ?? { 'SHA-256': '', MD5: '' }),
  )
  await copyAll(store.contacts.list(), ({ id: _, ...row }) => copy.contacts.add(row))
  await copyAll(store.numberLists.list(), (row) => copy.numberLists.add(row))
  await copyAll(store.contactSources.list(), ({ id: _, ...row }) => copy.contactSources.add(row))
  for (const { id } of await store.contactSources.list())
    for (const card of await store.contactSources.cards(id)) await copy.contactSources.putCard(card)
  await copyAll(store.rules.list(), ({ id: _, ...row }) => copy.rules.add(row))
  await copyAll(store.targets.list(), ({ id: _, lastTriedAt: __, lastProblem: ___, ...row }) =>
    copy.targets.add(row),
  )
  return copy
}
