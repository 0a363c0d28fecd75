import type { SessionInfo } from '../../../src/api/contract.ts'
import type { NotificationOrder } from '../../src/offline/kept-names.ts'
import type { AboutWhat, NotificationAct } from './notification-of.ts'

/** What a touch of a notification, or of one of its keys, does. */
export async function act(
  worker: ServiceWorkerGlobalScope,
  action: NotificationAct | '',
  { callId, messageId }: AboutWhat,
): Promise<void> {
  const call = callId && `/api/v1/calls/${encodeURIComponent(callId)}`
  const message = messageId && `/api/v1/messages/${encodeURIComponent(messageId)}`
  if (action === 'answer' && call && (await ask('POST', `${call}/answer`))) return
  if (action === 'delete' && message && (await ask('DELETE', message))) return
  const order = action === 'pick-up' ? callId : messageId
  await open(
    worker.clients,
    order !== undefined && action !== 'answer' && action !== 'delete'
      ? { act: action === 'pick-up' ? 'pick-up' : action === 'play' ? 'play' : 'show', id: order }
      : null,
  )
}

/** Asks the machine for what needs no page; false when it did not do it. */
async function ask(method: string, path: string): Promise<boolean> {
  try {
    const { csrfToken } = (await (await fetch('/api/v1/session')).json()) as SessionInfo
    const headers = csrfToken === null ? {} : { 'x-csrf-token': csrfToken }
    return (await fetch(path, { method, headers })).ok
  } catch {
    return false
  }
}

/** Leads to the page, one that is open before a new one, and has it do the rest. */
async function open(clients: Clients, order: NotificationOrder | null): Promise<void> {
  const pages = (await clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(
    ({ url }) => new URL(url).pathname === '/',
  )
  const page = pages.find(({ visibilityState }) => visibilityState === 'visible') ?? pages[0]
  if (!page) {
    await clients.openWindow(order === null ? '/' : `/#/${order.act}/${encodeURIComponent(order.id)}`)
    return
  }
  if (order) page.postMessage(order)
  // A browser may think that nobody has touched anything; the page has its order.
  await page.focus().catch(() => undefined)
}
