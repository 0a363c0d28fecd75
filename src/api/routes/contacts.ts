import { writeCards } from '../../contacts/vcard/write-cards.ts'
import { needText } from '../../shared/decode-text.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { addContact, changeContact, removeContact } from '../acts/contacts.ts'
import { importContacts } from '../acts/import-contacts.ts'
import { nameOf } from '../auth/name-of.ts'
import {
  contact,
  contactChange,
  contactImport,
  contactImportQuery,
  contactInput,
  contactListQuery,
  contactPage,
} from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { saveAs } from '../save-as.ts'
import { showContact, showContacts } from '../views/contact.ts'
import { byId } from './parameters.ts'

const common = { access: 'member', tag: 'Contacts' } as const
/** Of a file with some hundred pictures. */
const MOST_BYTES = 16 * 1024 * 1024

export const contactRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/contacts',
    summary: 'Whom the owner knows by name, in order of it',
    query: contactListQuery,
    answer: { status: 200, json: contactPage },
    async handle({ query }, { store }) {
      const { rows, ...page } = await store.contacts.page(query)
      return { contacts: await showContacts(store, rows), ...page }
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/contacts',
    summary: 'Adds a contact',
    body: contactInput,
    answer: { status: 201, json: contact },
    errors: ['AP_CONTACT_NUMBER_TAKEN'],
    handle: async ({ body, who }, context) =>
      showContact(context.store, await addContact({ ...context, who: nameOf(who) }, body)),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/contacts/export',
    summary: 'All contacts as a vCard file (RFC 6350)',
    answer: { status: 200, media: 'text/vcard' },
    async handle({ reply }, { store }) {
      reply.type('text/vcard; charset=utf-8').header('content-disposition', saveAs('contacts.vcf'))
      return writeCards(await store.contacts.list())
    },
  }),
  defineRoute<undefined, typeof contactImportQuery, Buffer>({
    ...common,
    method: 'POST',
    url: '/api/v1/contacts/import',
    summary:
      'Takes in the contacts of a vCard file, 3.0 or 4.0, or of a CSV file (text/csv); the same file twice changes nothing',
    query: contactImportQuery,
    bodyMedia: { type: 'text/vcard', mostBytes: MOST_BYTES },
    answer: { status: 200, json: contactImport },
    async handle({ body, query, raw, who }, context) {
      if (!Buffer.isBuffer(body)) throw new AnswerphoneError('AP_BODY_KIND')
      const kind = /^text\/csv\b/i.test(raw.headers['content-type'] ?? '') ? 'csv' : 'vcard'
      return importContacts({ ...context, who: nameOf(who) }, { kind, text: needText(body) }, query)
    },
  }),
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/contacts/:id',
    summary: 'One contact',
    params: byId,
    answer: { status: 200, json: contact },
    errors: ['AP_NOT_FOUND'],
    async handle({ params: { id } }, { store }) {
      const found = await store.contacts.get(id)
      if (!found) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'contact', id })
      return showContact(store, found)
    },
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    url: '/api/v1/contacts/:id',
    summary: 'Changes a contact; numbers that are given take the place of those it has',
    params: byId,
    body: contactChange,
    answer: { status: 200, json: contact },
    errors: ['AP_NOT_FOUND', 'AP_CONTACT_NUMBER_TAKEN', 'AP_CONTACT_SYNCED'],
    handle: async ({ params, body, who }, context) =>
      showContact(context.store, await changeContact({ ...context, who: nameOf(who) }, params.id, body)),
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/contacts/:id',
    summary: 'Removes a contact; its calls and messages stay, under their number',
    params: byId,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND', 'AP_CONTACT_SYNCED'],
    handle: async ({ params, who }, context) =>
      void (await removeContact({ ...context, who: nameOf(who) }, params.id)),
  }),
]
