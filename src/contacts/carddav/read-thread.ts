import { parentPort } from 'node:worker_threads'
import type { AccountOrder } from './account.ts'
import { openDavFetch } from './dav-fetch.ts'
import { readAccount } from './read-account.ts'

/** However many books it has. */
const WHOLE_MS = 5 * 60_000

/** The entry of the thread that reads accounts: what it takes to understand an address book is no business of calls. */
parentPort?.on('message', async ({ id, order }: { readonly id: number; readonly order: AccountOrder }) => {
  using dav = openDavFetch({ ...order, signal: AbortSignal.timeout(WHOLE_MS) })
  parentPort?.postMessage({ id, outcome: await readAccount(order, dav) })
})
