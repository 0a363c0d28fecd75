import { numberOfLink } from '../format/tel-link.ts'

export const sections = [
  'lines',
  'phones',
  'mailboxes',
  'greetings',
  'rules',
  'storage',
  'mail',
  'transcription',
  'telling',
  'account',
  'people',
  'tokens',
  'contacts',
  'addressbooks',
  'blocked',
  'lists',
  'audit',
  'device',
  'doctor',
  'about',
] as const
export type Section = (typeof sections)[number]

export type Route =
  | { readonly view: 'messages' }
  | { readonly view: 'calls' }
  /** The browser as a telephone: a number to be dialled (null: none yet), the phones of the house. */
  | { readonly view: 'phone'; readonly number: string | null }
  /** All that is known of a caller: a contact by its id, or a number. */
  | { readonly view: 'callers'; readonly key: string }
  /** Full screen, to be read from across the room. */
  | { readonly view: 'kitchen' }
  /** The steps after the first start. */
  | { readonly view: 'welcome' }
  /** A section of the settings, and the thing in it that is open (`new` for one to be made); null is their list. */
  | { readonly view: 'settings'; readonly section: Section | null; readonly item: string | null }
  /** The one-time link that the machine prints at its first start. */
  | { readonly view: 'setup'; readonly token: string }

/** Reads an address's fragment: `#/calls`, `#/phone/tel:620`, `#/callers/+4930123`, `#/settings/lines`, `#setup=TOKEN`; everything else shows the messages. */
export function parseRoute(hash: string): Route {
  const token = /^#setup=([^&]+)/.exec(hash)?.[1]
  if (token) return { view: 'setup', token: decode(token) }
  const [, link] = /^#\/phone(?:\/(.*))?$/.exec(hash) ?? []
  if (link !== undefined || hash === '#/phone')
    return { view: 'phone', number: link ? numberOfLink(decode(link)) : null }
  const [, who] = /^#\/callers\/([^/]+)$/.exec(hash) ?? []
  if (who !== undefined) return { view: 'callers', key: decode(who) }
  const [, view, name, item] = /^#\/(\w+)(?:\/(\w+))?(?:\/([^/]+))?\/?$/.exec(hash) ?? []
  if (view === 'calls' || view === 'kitchen' || view === 'welcome') return { view }
  if (view !== 'settings') return { view: 'messages' }
  const section = sections.find((known) => known === name) ?? null
  return { view: 'settings', section, item: section && item ? decode(item) : null }
}

/** The fragment that leads to a caller's page. */
export const callerHash = (key: string): string => `#/callers/${encodeURIComponent(key)}`

/** The fragment that leads to a place in the settings. */
export const settingsHash = (section?: Section, item?: string): string =>
  ['#/settings', section, item === undefined ? undefined : encodeURIComponent(item)]
    .filter((part) => part !== undefined)
    .join('/')

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
