import type { Phone } from '../owner/phone.ts'
import { createPhoneBook, type PhoneBook, type PhoneEntry } from '../owner/phone-book.ts'
import type { Credentials } from '../sip/auth/digest.ts'
import type { Store } from '../store/store.ts'

/** A login of a phone that is in no table: it rings for every mailbox, and comes over its account's connections only. */
export interface Guest {
  /** Of the phone. */
  readonly name: string
  readonly login: string
  readonly credentials: Credentials
  readonly account: string
}

/** The phones as the owner's side needs them: in memory, because every request of a phone asks for them. */
export interface StoredPhoneBook extends PhoneBook {
  /** Reads the phones again. Returns the names of those that are gone or have another password. */
  reload(): Promise<readonly string[]>
  /** From now on these are there beside the phones of the store. Returns the names of guests that are gone. */
  seat(guests: readonly Guest[]): readonly string[]
  /** The id of the mailbox of this name. */
  mailboxNamed(name: string): string | undefined
}

/** Opens the book and reads it once. Rejects with AP_STORE_* when the store can't be read. */
export async function openPhoneBook(store: Pick<Store, 'phones' | 'mailboxes'>): Promise<StoredPhoneBook> {
  const book = createPhoneBook()
  let entries: readonly PhoneEntry[] = []
  let guests: readonly Guest[] = []
  let mailboxIds = new Map<string, string>()
  let reloads = 0

  function fill(): void {
    const names = new Set(entries.map(({ phone }) => phone.name))
    // A guest's name was free when it came; should an owner give it to a phone, it is the phone's.
    const seated = guests.filter(({ name }) => !names.has(name))
    book.fill([...entries, ...seated.map((guest) => entryOf(guest, [...mailboxIds.values()]))])
  }

  async function reload(): Promise<readonly string[]> {
    const mine = ++reloads
    const [phones, credentials, mailboxes] = await Promise.all([
      store.phones.list(),
      store.phones.credentials(),
      store.mailboxes.list(),
    ])
    if (mine !== reloads) return [] // a later reading has overtaken this one
    const known = new Map(credentials.map((each) => [each.name, each.credentials]))
    const before = entries
    entries = phones.flatMap(({ name, mailboxIds, speaker, speakerGainDb, srtp }) => {
      const hashes = known.get(name)
      return hashes
        ? [{ phone: { name, mailboxIds, speaker, speakerGainDb, srtp }, credentials: hashes }]
        : []
    })
    mailboxIds = new Map(mailboxes.map(({ id, name }) => [name, id]))
    fill()
    return before
      .filter(({ phone, credentials: { MD5 } }) => book.credentialsOf(phone.name)?.MD5 !== MD5)
      .map(({ phone }) => phone.name)
  }

  function seat(next: readonly Guest[]): readonly string[] {
    const names = new Set(guests.map(({ name }) => name))
    guests = next
    fill()
    return [...names].filter((name) => book.byName(name) === undefined)
  }
  await reload()
  // The book's `hasPlain` must stay a question, not become its answer of now.
  return Object.assign(book, { reload, seat, mailboxNamed: (name: string) => mailboxIds.get(name) })
}

function entryOf({ name, login, credentials, account }: Guest, mailboxIds: readonly string[]): PhoneEntry {
  const phone: Phone = { name, mailboxIds, speaker: false, speakerGainDb: 0 }
  return { phone, credentials, login, account }
}
