import { effect, signal } from '@preact/signals'
import { orderIn } from '../offline/order-in.ts'
import { connect, disconnect } from './connection.ts'
import { reportFailure } from './report-failure.ts'
import { refreshSession, screen } from './session.ts'

const RETRY_MS = 5_000

/** Whether the very first request got no answer. */
export const sessionFailed = signal(false)

let retry = 0

/** Asks who is logged in, again and again until the server answers. */
export async function startSession(): Promise<void> {
  window.clearTimeout(retry)
  try {
    await refreshSession()
    sessionFailed.value = false
  } catch {
    sessionFailed.value = true
    retry = window.setTimeout(() => void startSession(), RETRY_MS)
  }
}

/** The service worker comes when somebody logs in, where the browser has one; in development nothing is kept. */
export function keepOfflineOnceLoggedIn(): void {
  if (!('serviceWorker' in navigator) || import.meta.hot) return
  const stop = effect(() => {
    if (screen.value !== 'home') return
    // Without it the page works as long as the machine is there.
    import('../offline/keep-offline.ts').then(({ keepOffline }) => keepOffline()).catch(() => {})
    queueMicrotask(() => stop())
  })
}

/** Does what the address asks for (a notification or a mail has opened it), once somebody is logged in who may. */
export function obeyAddress(): void {
  const follow = () => {
    const order = screen.value === 'home' ? orderIn(location.hash) : null
    if (order) import('../offline/obey.ts').then(({ obey }) => obey(order)).catch(reportFailure)
  }
  effect(follow)
  addEventListener('hashchange', follow)
}

/** The machine's events are followed while someone is logged in, and only then. */
export function connectWhileLoggedIn(): void {
  effect(() => {
    if (screen.value === 'home') connect()
    else disconnect()
  })
}
