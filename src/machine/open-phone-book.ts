import { createPhoneBook, type PhoneBook, type PhoneEntry } from '../owner/phone-book.ts'
import type { Store } from '../store/store.ts'

/** The phones as the owner's side needs them: in memory, because every request of a phone asks for them. */
export interface StoredPhoneBook extends PhoneBook {
  /** Reads the phones again. Returns the names of those that are gone or have another password. */
  reload(): Promise<readonly string[]>
}

/** Opens the book and reads it once. Rejects with AP_STORE_* when the store can't be read. */
export async function openPhoneBook(store: Pick<Store, 'phones'>): Promise<StoredPhoneBook> {
  const book = createPhoneBook()
  let entries: readonly PhoneEntry[] = []
  let reloads = 0

  async function reload(): Promise<readonly string[]> {
    const mine = ++reloads
    const [phones, credentials] = await Promise.all([store.phones.list(), store.phones.credentials()])
    if (mine !== reloads) return [] // a later reading has overtaken this one
    const known = new Map(credentials.map((each) => [each.name, each.credentials]))
    const before = entries
    entries = phones.flatMap(({ name, mailboxIds, speaker, speakerGainDb }) => {
      const hashes = known.get(name)
      return hashes ? [{ phone: { name, mailboxIds, speaker, speakerGainDb }, credentials: hashes }] : []
    })
    book.fill(entries)
    return before
      .filter(({ phone, credentials: { MD5 } }) => book.credentialsOf(phone.name)?.MD5 !== MD5)
      .map(({ phone }) => phone.name)
  }
  await reload()
  return { ...book, reload }
}
