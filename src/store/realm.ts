import type { Store } from './store.ts'

/** The setting that holds it. */
export const REALM_KEY = 'realm'

/** The realm of a data directory in which none has been chosen. */
export const DEFAULT_REALM = 'answerphone'

/**
 * The realm of this data directory (RFC 3261 §22.1). The hashes of the phones' passwords hold it, so it is written down
 * when it is first needed, and never changes.
 */
export async function readRealm(store: Pick<Store, 'settings'>): Promise<string> {
  const known = await store.settings.get(REALM_KEY)
  if (known !== null) return known
  await store.settings.set(REALM_KEY, DEFAULT_REALM)
  return DEFAULT_REALM
}
