import { signal } from '@preact/signals'
import { parseRoute, type Route } from './parse-route.ts'

/** Where in the page the owner is; it stands in the address's fragment, so that the server need not know. */
export const route = signal<Route>(parseRoute(location.hash))

export function followAddress(): void {
  addEventListener('hashchange', () => {
    route.value = parseRoute(location.hash)
  })
}

/** Goes there without a new entry in the history. */
export function replaceRoute(hash: string): void {
  history.replaceState(null, '', hash)
  route.value = parseRoute(hash)
}
