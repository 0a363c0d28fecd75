import { effect } from '@preact/signals'
import { connection, refreshAll } from '../state/connection.ts'
import { newVersion } from '../state/new-version.ts'
import { refreshSession } from '../state/session.ts'
import { followNotifications } from './follow-notifications.ts'
import type { AskWorker } from './kept-names.ts'
import { renewPush } from './push.ts'

/** Has the page, and what is seen in it, kept by the service worker. A new version waits until it is asked to take over. */
export async function keepOffline(): Promise<void> {
  const { serviceWorker } = navigator
  followNotifications()
  let isKept = serviceWorker.controller !== null
  let asked = false
  const registration = await serviceWorker.register('/worker.js')
  const offerReload = () => {
    newVersion.value = () => {
      asked = true
      if (registration.waiting) registration.waiting.postMessage('take-over' satisfies AskWorker)
      else location.reload()
    }
  }

  serviceWorker.addEventListener('controllerchange', () => {
    if (asked) location.reload()
    // Another tab has asked. This one may be in the middle of a call.
    else if (isKept) offerReload()
    // What was read before the first worker was there is read again, to be kept.
    else void refreshSession().then(refreshAll, () => {})
    isKept = true
  })
  registration.addEventListener('updatefound', () => {
    const next = registration.installing
    next?.addEventListener('statechange', () => {
      if (next.state === 'installed' && serviceWorker.controller) offerReload()
    })
  })
  if (registration.waiting && serviceWorker.controller) offerReload()

  // If that fails, the machine is told at the next start.
  void renewPush().catch(() => {})

  // A page that stays open for weeks asks when the machine comes back: it may have been changed for a newer one.
  let wasLost = false
  effect(() => {
    if (connection.value === 'open' && wasLost) void registration.update().catch(() => {})
    wasLost = connection.value === 'lost'
  })
}
