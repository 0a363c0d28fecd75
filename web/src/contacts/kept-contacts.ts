import { listContacts } from '../api/contacts.ts'
import { keep } from '../settings/collections.ts'

export const contacts = keep(listContacts)
