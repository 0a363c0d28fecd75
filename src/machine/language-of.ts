import type { Language } from '../shared/language.ts'
import type { Store } from '../store/store.ts'

/** What is spoken to a phone of these mailboxes: that of the first, where they differ. Rejects with AP_STORE_*. */
export const languageOf = async (
  store: Pick<Store, 'mailboxes'>,
  mailboxIds: readonly string[],
): Promise<Language> =>
  (await store.mailboxes.list()).find(({ id }) => mailboxIds.includes(id))?.language ?? 'en'
