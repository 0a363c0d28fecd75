import type { z } from 'zod'
import type { ListDesk } from '../../lists/list-desk.ts'
import { whyNotHooked } from '../../notify/http/reach.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { isCountry } from '../../shared/telephone-number.ts'
import type { NumberList } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { numberListChange, numberListInput } from '../contract.ts'
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'
import { changedFields } from './note-change.ts'

/** What the API and the command line do to block lists, alike. */
export type NumberListTools = AuditTools & { readonly store: Pick<Store, 'audit' | 'numberLists'> }

/** Each of them is looked into at each call that a rule asks it of. */
const MOST_LISTS = 20
export const PHONEBLOCK_URL = 'https://phoneblock.net/phoneblock/api'
const DAILY_HOURS = 24
/** "To keep the noise low", as PhoneBlock has it. */
const MIN_VOTES = 10

/**
 * Adds one, which the machine fetches after so long. Rejects with AP_NAME_TAKEN, AP_LIST_LIMIT and AP_INPUT_INVALID.
 *
 * @param fetchInMs more than nothing where somebody else fetches it at once: its server is to be asked once
 */
export async function addNumberList(
  tools: NumberListTools,
  input: z.output<typeof numberListInput>,
  fetchInMs = 0,
): Promise<NumberList> {
  const { store, clock } = tools
  if ((await store.numberLists.list()).length >= MOST_LISTS)
    throw new AnswerphoneError('AP_LIST_LIMIT', { most: MOST_LISTS })
  const { name, kind, token = null, country = null, minVotes = MIN_VOTES, everyHours = DAILY_HOURS } = input
  const url = input.url ?? (kind === 'phoneblock' ? PHONEBLOCK_URL : null)
  const settings = { name, kind, url, token, country, minVotes, everyHours }
  check(settings)
  const now = clock.now()
  const list = await store.numberLists.add({
    ...settings,
    createdAt: now,
    nextAt: kind === 'file' ? null : now + fetchInMs,
  })
  await note(tools, 'list-changed', { detail: `${name}: added` })
  return list
}

/** Changes one. What makes it another list has it fetched anew; its numbers stay until then. */
export async function changeNumberList(
  tools: NumberListTools,
  key: string,
  change: z.output<typeof numberListChange>,
): Promise<NumberList> {
  const { store, clock } = tools
  const before = await needNumberList(store, key)
  const wanted = defined(change)
  const after = { ...before, ...wanted }
  check(after)
  // Whoever may see the list but not the token must not have it sent elsewhere.
  const isElsewhere = URL.parse(after.url ?? '')?.host !== URL.parse(before.url ?? '')?.host
  if (isElsewhere && before.token !== null && change.token === undefined)
    throw invalid('give the token again: the one that is kept was for another server.')
  const fields = changedFields(before, after)
  await store.numberLists.set(before.id, wanted)
  if (before.kind !== 'file' && fields.some((field) => field !== 'name'))
    await store.numberLists.noted(before.id, { nextAt: clock.now(), failures: 0, marker: {} })
  if (fields.length > 0) await note(tools, 'list-changed', { detail: `${before.name}: ${fields.join(', ')}` })
  return await needNumberList(store, before.id)
}

export async function removeNumberList(tools: NumberListTools, key: string): Promise<void> {
  const { id, name } = await needNumberList(tools.store, key)
  await tools.store.numberLists.remove(id)
  await note(tools, 'list-changed', { detail: `${name}: removed` })
}

/** Puts a file in place of the numbers of a list. Rejects with AP_LIST_* where it is none. */
export async function putNumbers(
  tools: NumberListTools & { readonly lists: ListDesk },
  key: string,
  text: string,
): Promise<NumberList> {
  const list = await tools.lists.put(key, text)
  await note(tools, 'list-changed', { detail: `${list.name}: ${list.count} numbers` })
  return list
}

export async function needNumberList(
  { numberLists }: Pick<Store, 'numberLists'>,
  key: string,
): Promise<NumberList> {
  const list = await numberLists.get(key)
  if (!list) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'block list', id: key })
  return list
}

type Settings = Pick<NumberList, 'kind' | 'url' | 'token' | 'country' | 'everyHours'>

function check({ kind, url, token, country, everyHours }: Settings): void {
  if (country !== null && !isCountry(country)) throw invalid(`country: there is no country ${country}.`)
  if (kind === 'file' && (url !== null || token !== null))
    throw invalid('url: a list from a file has no address and no token.')
  if (kind !== 'file' && url === null) throw invalid('url: say where the list is fetched.')
  const why = url === null ? null : whyNotHooked(url, { publicOnly: false, ownPorts: [] })
  if (why !== null) throw invalid(`url: it would not be called: ${why}.`)
  if (kind !== 'phoneblock') return
  if (token === null)
    throw invalid('token: PhoneBlock wants one; make it in the settings of your account there.')
  if (everyHours < DAILY_HOURS)
    throw invalid('everyHours: PhoneBlock asks to be asked once a day at most: 24.')
}

const invalid = (what: string) => new AnswerphoneError('AP_INPUT_INVALID', { what })
