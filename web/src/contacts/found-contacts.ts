import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Contact, ContactPage } from '../../../src/api/contract.ts'
import { findContact, listContacts } from '../api/contacts.ts'
import { keep } from '../settings/collections.ts'
import { reportFailure } from '../state/report-failure.ts'

/** How many the owner knows. */
export const contactCount = keep(async () => (await listContacts({ q: '', limit: 1 })).total)

export interface FoundContacts {
  /** Those that were read, in order of name; null before the first answer. */
  readonly page: ContactPage | null
  /** Reads the next ones, if there are more. */
  readMore(): Promise<void>
  /** Begins anew: they may be others now. */
  readAgain(): Promise<void>
}

/** The contacts with this in the name, the note or a number, as the machine finds them: `limit` at a time. */
export function useContacts(typed: string, limit: number): FoundContacts {
  const page = useSignal<ContactPage | null>(null)
  const reading = useSignal<object>({})
  const read = async (before: ContactPage | null) => {
    // Whatever is asked later overtakes this answer.
    const turn = {}
    reading.value = turn
    try {
      const q = typed.trim()
      const next = await listContacts({ q, limit, ...(before && { cursor: before.nextCursor }) })
      if (reading.peek() === turn)
        page.value = before ? { ...next, contacts: [...before.contacts, ...next.contacts] } : next
    } catch (error) {
      if (reading.peek() === turn) reportFailure(error)
    }
  }
  useEffect(() => void read(null), [typed, limit])
  const more = page.value
  return {
    page: more,
    readMore: async () => void (more?.nextCursor && (await read(more))),
    readAgain: () => read(null),
  }
}

/** One contact, and how to say that it is otherwise now; undefined before the answer, null where there is none. */
export function useContact(id: string) {
  const contact = useSignal<Contact | null | undefined>(undefined)
  useEffect(() => {
    findContact(id).then((found) => {
      contact.value = found
    }, reportFailure)
  }, [id])
  return contact
}
