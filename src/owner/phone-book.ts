import type { Credentials } from '../sip/auth/digest.ts'
import type { Phone } from './phone.ts'

/** The owner's phones as they are now. `machine/` fills it from the store and keeps it up to date. */
export interface PhoneBook {
  byName(name: string): Phone | undefined
  all(): readonly Phone[]
  /** The phones that ring for this mailbox. */
  ofMailbox(mailboxId: string): readonly Phone[]
  /** By the name in digest authentication. A look into a map: it must take as long for a name that there is not. */
  credentialsOf(login: string): Credentials | undefined
  /** The phone that this login is, for who comes over a connection of this account, or by plain SIP without one. */
  byLogin(login: string, account: string | undefined): Phone | undefined
  /** Whether there is a phone that may come by plain SIP: without one its port is silent. */
  readonly hasPlain: boolean
}

/** What a phone book is filled with. */
export interface PhoneEntry {
  readonly phone: Phone
  readonly credentials: Credentials
  /** The name in its digest; that of the phone unless given. A phone with several logins has as many entries. */
  readonly login?: string
  /** It may come only over a connection that this account has opened (see `Source.account`); from anywhere unless given. */
  readonly account?: string
}

/** A phone book that can be filled anew. */
export interface FillablePhoneBook extends PhoneBook {
  fill(entries: readonly PhoneEntry[]): void
}

export function createPhoneBook(entries: readonly PhoneEntry[] = []): FillablePhoneBook {
  let byName = new Map<string, Phone>()
  let byLogin = new Map<string, PhoneEntry>()
  let byMailbox = new Map<string, Phone[]>()
  let phones: readonly Phone[] = []
  let hasPlain = false

  const book: FillablePhoneBook = {
    byName: (name) => byName.get(name),
    all: () => phones,
    ofMailbox: (mailboxId) => byMailbox.get(mailboxId) ?? [],
    credentialsOf: (login) => byLogin.get(login)?.credentials,
    byLogin(login, account) {
      const entry = byLogin.get(login)
      return entry && (entry.account === undefined || entry.account === account) ? entry.phone : undefined
    },
    get hasPlain() {
      return hasPlain
    },
    fill(next) {
      byLogin = new Map(next.map((entry) => [entry.login ?? entry.phone.name, entry]))
      byName = new Map(next.map(({ phone }) => [phone.name, phone]))
      phones = [...byName.values()]
      hasPlain = next.some(({ account }) => account === undefined)
      byMailbox = new Map()
      for (const phone of phones) {
        for (const id of phone.mailboxIds) byMailbox.set(id, [...(byMailbox.get(id) ?? []), phone])
      }
    },
  }
  book.fill(entries)
  return book
}
