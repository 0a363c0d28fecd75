import { AnswerphoneError, catalogue, type ErrorCode } from '../../shared/errors.ts'
import type { ContactSource, SourcedCard } from '../../store/contact-source.ts'
import type { Store } from '../../store/store.ts'
import { isSyncing } from '../acts/contact-sources.ts'
import type { ContactSource as Shown } from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'

const MOST_LEFT_OUT = 100

/** A source as the API shows it: without its password, and with what came of its cards. */
export async function showSource(
  store: Pick<Store, 'contactSources'>,
  source: ContactSource,
  now: number,
): Promise<Shown> {
  const cards = await store.contactSources.cards(source.id)
  const { id, name, url, user, books, intervalMinutes, found, doneAt, nextAt } = source
  return {
    ...{ id, name, url, user, books: books && [...books], intervalMinutes },
    found: found.map((book) => ({ url: book.url, name: book.name })),
    contacts: new Set(cards.flatMap(({ contactId }) => contactId ?? [])).size,
    withoutNumber: cards.filter(({ card }) => card.numbers.length === 0).length,
    leftOut: cards
      .filter(isLeftOut)
      .slice(0, MOST_LEFT_OUT)
      .map(({ card, leftOut }) => ({
        name: card.name,
        numbers: [...leftOut],
      })),
    syncing: isSyncing(source, now),
    lastReadAt: isoOrNull(doneAt),
    nextAt: iso(nextAt),
    problem: problemOf(source),
  }
}

const isLeftOut = ({ leftOut }: SourcedCard) => leftOut.length > 0

function problemOf({ problem, detail }: ContactSource): Shown['problem'] {
  if (problem === null) return null
  const message =
    problem in catalogue ? new AnswerphoneError(problem as ErrorCode, { detail }).message : detail
  return { code: problem, message }
}
