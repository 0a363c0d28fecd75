import type { NotificationOrder } from './kept-names.ts'

/** What the address asks for when a notification or the link in a mail has opened it: `#/show/ID`; null: nothing. */
export function orderIn(hash: string): NotificationOrder | null {
  const [, act, id] = /^#\/(pick-up|play|show)\/([\w%-]+)$/.exec(hash) ?? []
  if ((act !== 'pick-up' && act !== 'play' && act !== 'show') || id === undefined) return null
  try {
    return { act, id: decodeURIComponent(id) }
  } catch {
    return null
  }
}
