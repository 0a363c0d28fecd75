import type { Contact, ContactChange, ContactImport, ContactInput } from '../../../src/api/contract.ts'
import { request } from './request.ts'

const at = (id: string) => `/contacts/${encodeURIComponent(id)}`

/** All of them, in order of name. */
export const listContacts = () => request<Contact[]>('GET', '/contacts')
export const addContact = (input: ContactInput) => request<Contact>('POST', '/contacts', input)
export const changeContact = (id: string, change: ContactChange) => request<Contact>('PATCH', at(id), change)
export const removeContact = (id: string) => request<unknown>('DELETE', at(id))

/** Takes in a vCard file, under whatever kind the browser knows it by. */
export const importContacts = (file: Blob) =>
  request<ContactImport>('POST', '/contacts/import', new Blob([file], { type: 'text/vcard' }))

/** Where all of them are to be had as a vCard file. */
export const contactsUrl = '/api/v1/contacts/export'
