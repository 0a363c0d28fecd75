import type { Mailbox, PushedNews } from '../../../src/api/contract.ts'
import { notificationOf } from './notification-of.ts'

/** Shows what was pushed. Each push shows something, or browsers take the permission away. */
export async function tell(worker: ServiceWorkerGlobalScope, news: PushedNews): Promise<void> {
  const { registration, clients } = worker
  const { title, options, passing } = notificationOf(news)
  const pages = await clients.matchAll({ type: 'window' })
  // Who looks at the page sees and hears it there.
  const silent = options.silent || pages.some(({ focused }) => focused)
  await registration.showNotification(title, { ...options, silent, ...(silent && { renotify: false }) })
  if (passing) {
    const shown = await registration.getNotifications(options.tag === undefined ? {} : { tag: options.tag })
    for (const notification of shown) notification.close()
  }
  if (news.kind === 'message') await showBadge(worker.navigator)
}

/** The installed app's badge, where no page is there to show it; away from the machine it stays as it was. */
async function showBadge(navigator: WorkerNavigator): Promise<void> {
  if (!('setAppBadge' in navigator)) return
  try {
    const mailboxes = (await (await fetch('/api/v1/mailboxes')).json()) as readonly Mailbox[]
    await navigator.setAppBadge(mailboxes.reduce((sum, { newMessages }) => sum + newMessages, 0))
  } catch {
    // No badge is worth a failure.
  }
}
