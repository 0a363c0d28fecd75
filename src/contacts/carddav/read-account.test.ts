import { expect, it } from 'vitest'
import type { KnownCard } from './account.ts'
import { MOST_CARDS, readAccount } from './read-account.ts'

const SERVER = 'https://dav.example'
const BOOKS = ['/ada/a/', '/ada/b/']

/** The books of a server: for each the names of its cards, all of which have the etag "new". */
type Cards = Readonly<Record<string, readonly string[]>>

const found = (href: string, props: string) =>
  `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${props}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`
const member = (href: string) => found(href, '<d:getetag>"new"</d:getetag><d:resourcetype/>')
const card = (href: string) =>
  found(
    href,
    `<d:getetag>"new"</d:getetag><c:address-data>BEGIN:VCARD\nVERSION:3.0\nFN:${href}\nTEL:+49301\nEND:VCARD</c:address-data>`,
  )
const book = (href: string) => found(href, '<d:resourcetype><d:collection/><c:addressbook/></d:resourcetype>')

/** A server that tells of changes by etags alone. */
function serverOf(cards: Cards) {
  const asked: string[] = []
  const answer = (path: string, body: string): string => {
    if (body.includes('addressbook-multiget'))
      return [...body.matchAll(/<d:href>([^<]+)</g)].map(([, href = '']) => card(href)).join('')
    if (body.includes('getetag')) return (cards[path] ?? []).map((name) => member(path + name)).join('')
    return path === '/ada/' ? BOOKS.map(book).join('') : book(path)
  }
  const fetch = async (url: string | URL | Request, { method, body }: RequestInit = {}) => {
    const { pathname } = new URL(String(url))
    asked.push(`${method} ${pathname}`)
    if (pathname === '/.well-known/carddav') return new Response('', { status: 404 })
    const xml = `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav">${answer(pathname, String(body))}</d:multistatus>`
    return new Response(xml, { status: 207, headers: { 'content-type': 'application/xml' } })
  }
  return { asked, dav: { fetch, failure: () => undefined, [Symbol.dispose]() {} } }
}

const orderOf = (known: readonly KnownCard[]) => ({
  ...{ url: `${SERVER}/ada/`, user: 'ada', password: 'x', books: null, found: [] },
  ...{ known, reach: { publicOnly: false, ownPorts: [] } },
})
const namesOf = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `${from + n}.vcf`)
const knownIn = (path: string, names: readonly string[]) =>
  names.map((name) => ({ href: SERVER + path + name, book: SERVER + path, etag: '"old"' }))

const [A = '', B = ''] = BOOKS

it('an account is read though more than half of what it may have has changed at once', async () => {
  const names = namesOf(MOST_CARDS / 2 + 1)
  const outcome = await readAccount(orderOf(knownIn(A, names)), serverOf({ [A]: names }).dav)
  expect(outcome).toMatchObject({ kind: 'read', gone: [] })
  expect(outcome.kind === 'read' && outcome.changed.length).toBe(names.length)
})

it('an account is read though more than half has moved to another of its books', async () => {
  const names = namesOf(MOST_CARDS / 2 + 1)
  const outcome = await readAccount(orderOf(knownIn(B, names)), serverOf({ [A]: names }).dav)
  expect(outcome.kind === 'read' && [outcome.changed.length, outcome.gone.length]).toEqual([
    names.length,
    names.length,
  ])
})

it('an account with more cards than it may have, in all of its books, is refused before any is fetched', async () => {
  const known = namesOf(MOST_CARDS - 1)
  const { asked, dav } = serverOf({ [A]: known, [B]: namesOf(2) })
  expect(await readAccount(orderOf(knownIn(A, known)), dav)).toMatchObject({ code: 'AP_CARDDAV_TOO_LARGE' })
  expect(asked.filter((one) => one.startsWith('REPORT'))).toEqual([])
})
