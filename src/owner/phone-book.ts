import type { Credentials } from '../sip/auth/digest.ts'
import type { Phone } from './phone.ts'

/** The owner's phones as they are now. `machine/` fills it from the store and keeps it up to date. */
export interface PhoneBook {
  byName(name: string): Phone | undefined
  all(): readonly Phone[]
  /** The phones that ring for this mailbox. */
  ofMailbox(mailboxId: string): readonly Phone[]
  /** A look into a map: it must take as long for a name that there is not. */
  credentialsOf(name: string): Credentials | undefined
}

/** What a phone book is filled with. */
export interface PhoneEntry {
  readonly phone: Phone
  readonly credentials: Credentials
}

/** A phone book that can be filled anew. */
export interface FillablePhoneBook extends PhoneBook {
  fill(entries: readonly PhoneEntry[]): void
}

export function createPhoneBook(entries: readonly PhoneEntry[] = []): FillablePhoneBook {
  let byName = new Map<string, PhoneEntry>()
  let phones: readonly Phone[] = []
  let byMailbox = new Map<string, Phone[]>()

  const book: FillablePhoneBook = {
    byName: (name) => byName.get(name)?.phone,
    all: () => phones,
    ofMailbox: (mailboxId) => byMailbox.get(mailboxId) ?? [],
    credentialsOf: (name) => byName.get(name)?.credentials,
    fill(next) {
      byName = new Map(next.map((entry) => [entry.phone.name, entry]))
      phones = next.map(({ phone }) => phone)
      byMailbox = new Map()
      for (const phone of phones) {
        for (const id of phone.mailboxIds) byMailbox.set(id, [...(byMailbox.get(id) ?? []), phone])
      }
    },
  }
  book.fill(entries)
  return book
}
