import { findAuditEntries } from '../acts/audit.ts'
import { auditListQuery, auditPage } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'

export const auditRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/api/v1/audit',
    access: 'owner',
    tag: 'Audit',
    summary: 'Who listened to what, picked up, blocked, deleted, or changed what is set up; the newest first',
    query: auditListQuery,
    answer: { status: 200, json: auditPage },
    handle: ({ query }, { store }) => findAuditEntries(store, query),
  }),
]
