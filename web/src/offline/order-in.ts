import type { NotificationOrder } from './kept-names.ts'

/** What the address of a page asks for that was opened by a notification: `#/pick-up/ID`; null: nothing. */
export function orderIn(hash: string): NotificationOrder | null {
  const [, act, id] = /^#\/(pick-up|play|show)\/([\w%-]+)$/.exec(hash) ?? []
  if ((act !== 'pick-up' && act !== 'play' && act !== 'show') || id === undefined) return null
  try {
    return { act, id: decodeURIComponent(id) }
  } catch {
    return null
  }
}
