import { propfind, syncCollection } from 'tsdav'
import { DavFailure } from './dav-failure.ts'
import type { DavFetch } from './dav-fetch.ts'

/** What lies in an address book, with its etag ('' where the server tells none). */
export async function listMembers(
  book: string,
  fetch: DavFetch['fetch'],
): Promise<ReadonlyMap<string, string>> {
  const answers = await propfind({
    url: book,
    props: { 'd:getetag': {}, 'd:resourcetype': {} },
    depth: '1',
    fetch,
  })
  const wrong = answers.find(({ href, ok }) => !ok && (href === undefined || isItself(book, href)))
  if (wrong) throw new DavFailure('AP_CARDDAV_FAILED', `${book} answers ${wrong.status}`)
  const members = new Map<string, string>()
  for (const { href, ok, props } of answers) {
    if (href === undefined || !ok || isItself(book, href)) continue
    // A book may hold others.
    if (Object.keys((props?.['resourcetype'] as object | undefined) ?? {}).includes('collection')) continue
    members.set(new URL(href, book).href, textOf(props?.['getetag']))
  }
  return members
}

/** What has changed since this token (RFC 6578 §3.2); undefined: the server does not know it any more, or tells not all. */
export async function membersChanged(
  book: string,
  syncToken: string,
  fetch: DavFetch['fetch'],
): Promise<{ readonly changed: readonly string[]; readonly gone: readonly string[] } | undefined> {
  const answers = await syncCollection({
    url: book,
    props: { 'd:getetag': {} },
    syncLevel: 1,
    syncToken,
    fetch,
  })
  const changed: string[] = []
  const gone: string[] = []
  for (const { href, ok, status } of answers) {
    // RFC 6578 §3.6: 507 for the book says that more has changed than is told.
    if (href === undefined || isItself(book, href)) {
      if (!ok) return undefined
      continue
    }
    if (status === 404) gone.push(new URL(href, book).href)
    else if (ok) changed.push(new URL(href, book).href)
    else return undefined
  }
  return { changed, gone }
}

const isItself = (book: string, href: string) =>
  new URL(href, book).pathname.replace(/\/$/, '') === new URL(book).pathname.replace(/\/$/, '')

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : ''
