import type { PushedNews } from '../../src/api/contract.ts'
import type { AskWorker } from '../src/offline/kept-names.ts'
import { createApiAnswers } from './answer-api.ts'
import { keepable } from './keepable.ts'
import { openKept } from './kept.ts'
import { act } from './push/act.ts'
import type { AboutWhat, NotificationAct } from './push/notification-of.ts'
import { tell } from './push/tell.ts'
import { openShell } from './shell.ts'

/** The page's service worker: the page without the machine, and what was last seen and heard of it. */
declare const self: ServiceWorkerGlobalScope
/** Of this build, by web/build/offline-worker.ts. */
declare const SHELL: { readonly version: string; readonly files: readonly string[] }

/** All else is not the page: a test call by a link, what Prometheus reads, the root certificate. */
const SHELL_PATHS = /^\/(assets\/.+|icons\/.+|favicon\.svg|manifest\.webmanifest)?$/

const shell = openShell({ caches, fetch: (...asked) => fetch(...asked), ...SHELL })
const kept = openKept({
  caches,
  origin: self.location.origin,
  now: () => Date.now(),
  onForgotten: tellNoMore,
})
const answers = createApiAnswers({
  kept,
  fetch: (...asked) => fetch(...asked),
  wait: (ms) => new Promise((over) => setTimeout(over, ms)),
})

self.addEventListener('install', (event) => event.waitUntil(shell.install()))

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([shell.takeOver(), self.clients.claim()]))
})

self.addEventListener('message', (event) => {
  const asked = event.data as AskWorker
  if (asked === 'take-over') event.waitUntil(self.skipWaiting())
  if (asked === 'forget') event.waitUntil(kept.forget())
})

self.addEventListener('push', (event) => {
  // Only the machine can encrypt for this browser: what can be read is from it.
  const news = event.data?.json() as PushedNews | undefined
  if (news) event.waitUntil(tell(self, news))
})

self.addEventListener('notificationclick', (event) => {
  const { action, notification } = event
  notification.close()
  event.waitUntil(act(self, action as NotificationAct | '', notification.data as AboutWhat))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  if (url.pathname.startsWith('/api/')) {
    if (request.method === 'DELETE' && url.pathname === '/api/v1/session') event.waitUntil(kept.forget())
    const item = request.method === 'GET' ? keepable(url) : null
    if (item) event.respondWith(answers.answer(request, item, (act) => event.waitUntil(act)))
  } else if (request.method === 'GET' && SHELL_PATHS.test(url.pathname)) {
    event.respondWith(shell.find(url).then((found) => found ?? fetch(request)))
  }
})

/** Nobody is logged in whom it concerns. */
async function tellNoMore(): Promise<void> {
  for (const notification of await self.registration.getNotifications()) notification.close()
  await (await self.registration.pushManager?.getSubscription())?.unsubscribe()
}
