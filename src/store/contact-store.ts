import type { Contact, Page } from './model.ts'

export interface ContactStore {
  /**
   * In order of name.
   *
   * @param q part of the name, the note or a number; default: all
   */
  list(q?: string): Promise<readonly Contact[]>
  /** The same, page by page, and how many there are in all. */
  page(wanted: {
    readonly q?: string | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  }): Promise<Page<Contact> & { readonly total: number }>
  get(id: string): Promise<Contact | undefined>
  /** Rejects with AP_CONTACT_NUMBER_TAKEN when a number is another's, here and below. */
  add(contact: Omit<Contact, 'id' | 'favourite'> & Partial<Pick<Contact, 'favourite'>>): Promise<Contact>
  /** Rejects with AP_NOT_FOUND, here and below. */
  set(id: string, change: Partial<Omit<Contact, 'id'>>): Promise<Contact>
  remove(id: string): Promise<Contact>
}
