import { AnswerphoneError } from '../../shared/errors.ts'
import { collectNumbers, type NumberCollector } from '../collect-numbers.ts'
import type { ListOrder, ListSource, SourceTools } from '../list-source.ts'
import { isObject, parseJson } from '../read-document.ts'

/**
 * PhoneBlock, where people complain of callers, and whoever has an account may have the list of them
 * (github.com/haumacher/phoneblock, INTEGRATIONS.md §7). It is asked for the whole list once a month, and in between for what
 * has changed since the version that is known; never for the number of somebody who calls.
 *
 * `url`: of its API, like https://phoneblock.net/phoneblock/api
 */
export const phoneblockSource: ListSource = {
  kind: 'phoneblock',
  async read(order, { fetch, reach, now }) {
    const { token, before, minVotes } = order
    const { version, fullAt = 0 } = before?.marker ?? {}
    const goesOn = before !== null && version !== undefined && now - fullAt < FULL_EVERY_MS
    const headers = {
      accept: 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    }
    const ask = (path: string) =>
      fetch({ url: `${order.url.replace(/\/$/, '')}/${path}`, reach, headers, oftenMissing: path !== LIST })

    const list = readEntries((await ask(goesOn ? `${LIST}&since=${version}` : LIST)).text)
    if (!goesOn && list.entries.length === 0)
      throw new AnswerphoneError('AP_LIST_NO_NUMBERS', { why: 'there are none in it' })
    const into = collectNumbers(order.country, goesOn ? withoutOwn(before.numbers) : undefined)
    for (const { phone, votes, rating } of list.entries)
      if (votes >= minVotes && rating !== LEGITIMATE) into.add(phone)
      else into.remove(phone)
    await takeOwn(into, ask)
    return {
      numbers: into.collect(),
      skipped: into.skipped,
      marker: {
        ...(list.version !== undefined && { version: list.version }),
        fullAt: goesOn ? fullAt : now,
      },
    }
  },
}

const LIST = 'blocklist?format=json'
/** "Full synchronization: maximum once per month", and to mend what an update may have missed. */
const FULL_EVERY_MS = 30 * 86_400_000
/** Somebody says of it that it is no nuisance. */
const LEGITIMATE = 'A_LEGITIMATE'

type Ask = (path: string) => ReturnType<SourceTools['fetch']>

/** What the owner has said there himself comes before what others say: "personal lists take precedence". */
async function takeOwn(into: NumberCollector, ask: Ask): Promise<void> {
  for (const { phone } of await readOwn(ask, 'blacklist')) into.addOwn(phone)
  for (const { phone } of await readOwn(ask, 'whitelist')) into.allow(phone)
}

async function readOwn(ask: Ask, path: string): Promise<readonly Entry[]> {
  const { status, text } = await ask(path)
  return status === 404 ? [] : readEntries(text).entries
}

/** They come whole each time. */
const withoutOwn = (numbers: NonNullable<ListOrder['before']>['numbers']) => ({
  ...numbers,
  patterns: new Set<string>(),
})

interface Entry {
  readonly phone: string
  readonly votes: number
  readonly rating: unknown
}

function readEntries(text: string): { readonly entries: readonly Entry[]; readonly version?: number } {
  const parsed = parseJson(text)
  const list = isObject(parsed) ? parsed['numbers'] : undefined
  if (!isObject(parsed) || !Array.isArray(list))
    throw new AnswerphoneError('AP_LIST_NO_NUMBERS', { why: 'it is no answer of PhoneBlock' })
  const { version } = parsed
  const entries = (list as unknown[]).flatMap((one) => {
    if (!isObject(one) || typeof one['phone'] !== 'string') return []
    return [{ phone: one['phone'], votes: Number(one['votes']) || 0, rating: one['rating'] }]
  })
  return { entries, ...(typeof version === 'number' && { version }) }
}
