import type {
  Contact,
  ContactChange,
  ContactImport,
  ContactInput,
  ContactPage,
} from '../../../src/api/contract.ts'
import { RequestError, request } from './request.ts'

const at = (id: string) => `/contacts/${encodeURIComponent(id)}`

/** Those with this in the name, the note or a number (empty: all), in order of name; from the cursor on. */
export function listContacts(wanted: {
  readonly q: string
  readonly limit: number
  readonly cursor?: string | null
}): Promise<ContactPage> {
  const search = new URLSearchParams({ limit: `${wanted.limit}` })
  if (wanted.q !== '') search.set('q', wanted.q)
  if (wanted.cursor) search.set('cursor', wanted.cursor)
  return request<ContactPage>('GET', `/contacts?${search}`)
}

/** The contact, null when there is none any more. */
export const findContact = (id: string): Promise<Contact | null> =>
  request<Contact>('GET', at(id)).catch((error: unknown) => {
    if (error instanceof RequestError && error.status === 404) return null
    throw error
  })

export const addContact = (input: ContactInput) => request<Contact>('POST', '/contacts', input)
export const changeContact = (id: string, change: ContactChange) => request<Contact>('PATCH', at(id), change)
export const removeContact = (id: string) => request<unknown>('DELETE', at(id))

/**
 * Takes in a vCard or CSV file, under whatever kind the browser knows it by.
 *
 * @param dryRun only tells what would come of it
 */
export const importContacts = (file: File, dryRun: boolean) => {
  const type = /\.(csv|tsv|txt)$/i.test(file.name) ? 'text/csv' : 'text/vcard'
  return request<ContactImport>('POST', `/contacts/import?dryRun=${dryRun}`, new Blob([file], { type }))
}

/** Where all of them are to be had as a vCard file. */
export const contactsUrl = '/api/v1/contacts/export'
