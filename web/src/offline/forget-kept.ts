import { type AskWorker, KEPT_CACHE } from './kept-names.ts'

/** Nothing of who was logged in stays in this browser. The worker is told too: an answer may be on its way to it. */
export function forgetKept(): void {
  // Neither is there where the page did not come by a secure connection, nor has anything been kept.
  navigator.serviceWorker?.controller?.postMessage('forget' satisfies AskWorker)
  if ('caches' in window) void caches.delete(KEPT_CACHE).catch(() => {})
}
