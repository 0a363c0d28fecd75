import { effect, signal } from '@preact/signals'
import { connect, disconnect } from './connection.ts'
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

/** The machine's events are followed while someone is logged in, and only then. */
export function connectWhileLoggedIn(): void {
  effect(() => {
    if (screen.value === 'home') connect()
    else disconnect()
  })
}
