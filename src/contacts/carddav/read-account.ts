import type { DAVAccount, DAVAddressBook } from 'tsdav'
import type { FoundBook } from '../../store/contact-source.ts'
import type { AccountOrder, AccountOutcome, KnownCard, ReadCard } from './account.ts'
import { DavFailure, LONGEST_DETAIL } from './dav-failure.ts'
import type { DavFetch } from './dav-fetch.ts'
import { listMembers, membersChanged } from './members.ts'
import { readCard } from './read-card.ts'

/** Cards asked for at once: with their pictures they must fit into one answer. */
const CARDS_AT_ONCE = 25
/** Of an account. */
export const MOST_CARDS = 10_000

/**
 * Reads what has changed in an account's address books (RFC 6352) since it was last read: by the book's ctag nothing at
 * all, by its sync token (RFC 6578) what changed, else what has another etag. It never rejects.
 */
export async function readAccount(order: AccountOrder, dav: DavFetch): Promise<AccountOutcome> {
  try {
    return await read(order, dav.fetch)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const why = dav.failure() ?? (error instanceof DavFailure ? error : undefined)
    return {
      kind: 'failed',
      code: why?.code ?? 'AP_CARDDAV_FAILED',
      detail: (why?.detail ?? said).slice(0, LONGEST_DETAIL),
    }
  }
}

async function read(order: AccountOrder, fetch: DavFetch['fetch']): Promise<AccountOutcome> {
  const { fetchVCards } = await import('tsdav')
  const books = await findBooks(order, fetch)
  const wanted = chooseBooks(books, order.books)
  const wantedUrls = new Set(wanted.map(({ url }) => url))
  const changes: { readonly book: DAVAddressBook; readonly hrefs: readonly string[] }[] = []
  const gone = order.known.filter(({ book }) => !wantedUrls.has(book)).map(({ href }) => href)
  for (const book of wanted) {
    const known = order.known.filter((card) => card.book === book.url)
    const before = order.found.find(({ url }) => url === book.url)
    if (before?.ctag != null && before.ctag === ctagOf(book)) continue
    const members = await findChanges(book, before, known, fetch)
    gone.push(...members.gone)
    changes.push({ book, hrefs: members.changed })
  }
  // What has changed is known already, and may have gone from one book to another: each counts once, and when all is told.
  const there = new Set([...order.known.map(({ href }) => href), ...changes.flatMap(({ hrefs }) => hrefs)])
  for (const href of gone) there.delete(href)
  if (there.size > MOST_CARDS) throw new DavFailure('AP_CARDDAV_TOO_LARGE', `more than ${MOST_CARDS} cards`)
  const changed: ReadCard[] = []
  for (const { book, hrefs } of changes)
    for (let from = 0; from < hrefs.length; from += CARDS_AT_ONCE) {
      const objectUrls = hrefs.slice(from, from + CARDS_AT_ONCE)
      const cards = await fetchVCards({ addressBook: book, objectUrls, fetch })
      for (const { url, etag = '', data } of cards) {
        const card = readCard(String(data ?? ''))
        if (card) changed.push({ href: url, book: book.url, etag, ...card })
      }
    }
  const found = books.map(
    (book): FoundBook => ({
      url: book.url,
      name: nameOf(book),
      // What is not wanted was not read: should it be wanted, it is read from the beginning.
      ctag: wantedUrls.has(book.url) ? ctagOf(book) : null,
      syncToken: wantedUrls.has(book.url) ? textOf(book.syncToken) : null,
    }),
  )
  return { kind: 'read', found, changed, gone }
}

/** The account's address books; the address may be that of one book itself, at a server that tells of no account. */
async function findBooks({ url }: AccountOrder, fetch: DavFetch['fetch']): Promise<DAVAddressBook[]> {
  const { createAccount, fetchAddressBooks } = await import('tsdav')
  const account: DAVAccount = await createAccount({
    account: { accountType: 'carddav', serverUrl: url },
    fetch,
  }).catch(() => ({ accountType: 'carddav', serverUrl: url, rootUrl: url, homeUrl: url }))
  const books = await fetchAddressBooks({ account, fetch })
  if (books.length === 0) throw new DavFailure('AP_CARDDAV_NO_BOOKS', url)
  return books
}

function chooseBooks(
  books: readonly DAVAddressBook[],
  chosen: readonly string[] | null,
): readonly DAVAddressBook[] {
  if (chosen === null) return books
  const missing = chosen.find((one) => !books.some((book) => isCalled(book, one)))
  if (missing !== undefined) throw new DavFailure('AP_CARDDAV_BOOK_GONE', missing)
  return books.filter((book) => chosen.some((one) => isCalled(book, one)))
}

const isCalled = (book: DAVAddressBook, key: string) => book.url === key || nameOf(book) === key

/** The name that its owner gave it, or else the last part of its address. */
function nameOf({ url, displayName }: DAVAddressBook): string {
  if (typeof displayName === 'string' && displayName.trim() !== '') return displayName.trim().slice(0, 200)
  return decodeURIComponent(new URL(url).pathname.replace(/\/$/, '').split('/').at(-1) ?? '') || url
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : null

const ctagOf = ({ ctag }: DAVAddressBook) => textOf(ctag)

async function findChanges(
  book: DAVAddressBook,
  before: FoundBook | undefined,
  known: readonly KnownCard[],
  fetch: DavFetch['fetch'],
): Promise<{ readonly changed: readonly string[]; readonly gone: readonly string[] }> {
  const canTell = Array.isArray(book.reports) && book.reports.includes('syncCollection')
  const told =
    canTell && before?.syncToken != null ? await membersChanged(book.url, before.syncToken, fetch) : undefined
  if (told) return told
  const etags = new Map(known.map(({ href, etag }) => [href, etag]))
  const there = await listMembers(book.url, fetch)
  return {
    changed: [...there]
      .filter(([href, etag]) => etag === '' || etags.get(href) !== etag)
      .map(([href]) => href),
    gone: [...etags.keys()].filter((href) => !there.has(href)),
  }
}
