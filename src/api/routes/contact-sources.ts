import { z } from 'zod'
import { addSource, changeSource, findSource, hurrySource, removeSource } from '../acts/contact-sources.ts'
import { nameOf } from '../auth/name-of.ts'
import { contactSource, contactSourceChange, contactSourceInput, contactSourceRemoval } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showSource } from '../views/contact-source.ts'
import { byKey } from './parameters.ts'

const common = { access: 'owner', tag: 'Contacts' } as const

export const contactSourceRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/contact-sources',
    summary: 'Accounts at CardDAV servers (RFC 6352) whose contacts are taken over',
    answer: { status: 200, json: z.array(contactSource) },
    async handle(_request, { store, clock }) {
      const sources = await store.contactSources.list()
      return Promise.all(sources.map((source) => showSource(store, source, clock.now())))
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/contact-sources',
    summary: 'Adds one, and reads it',
    body: contactSourceInput,
    answer: { status: 201, json: contactSource },
    errors: ['AP_NAME_TAKEN', 'AP_CONTACT_SOURCE_LIMIT'],
    async handle({ body, who }, context) {
      const source = await addSource({ ...context, who: nameOf(who) }, body)
      return showSource(context.store, source, context.clock.now())
    },
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    url: '/api/v1/contact-sources/:key',
    summary: 'Changes one, and reads it',
    params: byKey,
    body: contactSourceChange,
    answer: { status: 200, json: contactSource },
    errors: ['AP_NOT_FOUND', 'AP_NAME_TAKEN'],
    async handle({ params, body, who }, context) {
      const source = await changeSource({ ...context, who: nameOf(who) }, params.key, body)
      return showSource(context.store, source, context.clock.now())
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/contact-sources/:key/sync',
    summary: 'Reads one now; `syncing` is false when it is done',
    params: byKey,
    answer: { status: 200, json: contactSource },
    errors: ['AP_NOT_FOUND'],
    async handle({ params }, context) {
      const { store, clock } = context
      return showSource(store, await hurrySource(context, await findSource(store, params.key)), clock.now())
    },
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/contact-sources/:key',
    summary: 'Removes one, with its contacts or without',
    params: byKey,
    query: contactSourceRemoval,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ params, query, who }, context) =>
      void (await removeSource({ ...context, who: nameOf(who) }, params.key, query)),
  }),
]
