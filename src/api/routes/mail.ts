import { changeMailAccount, forgetMailAccount, sendTestMail } from '../acts/mail-account.ts'
import { findMails, removeMail, retryMail } from '../acts/mails.ts'
import { nameOf } from '../auth/name-of.ts'
import {
  mail,
  mailListQuery,
  mailPage,
  mailSettings,
  mailSettingsChange,
  mailTest,
  mailTestResult,
} from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showMail, showMailSettings } from '../views/mail.ts'
import { byId } from './parameters.ts'

const settings = { tag: 'Mail', url: '/api/v1/mail' } as const
const queue = { tag: 'Mail', access: 'member' } as const

export const mailRoutes: readonly Route[] = [
  defineRoute({
    ...settings,
    method: 'GET',
    access: 'member',
    summary: 'The account by which mail is sent',
    answer: { status: 200, json: mailSettings },
    handle: async (_request, context) => showMailSettings(context.mail.accounts),
  }),
  defineRoute({
    ...settings,
    method: 'PATCH',
    access: 'owner',
    summary: 'Sets the account up, or changes it; what waits is tried with it',
    body: mailSettingsChange,
    answer: { status: 200, json: mailSettings },
    errors: ['AP_MAIL_GIVEN'],
    async handle({ body, who }, context) {
      await changeMailAccount({ ...context, who: nameOf(who) }, body)
      return showMailSettings(context.mail.accounts)
    },
  }),
  defineRoute({
    ...settings,
    method: 'DELETE',
    access: 'owner',
    summary: 'Forgets the account; what waits goes on waiting',
    answer: { status: 204 },
    errors: ['AP_MAIL_GIVEN'],
    handle: ({ who }, context) => forgetMailAccount({ ...context, who: nameOf(who) }),
  }),
  defineRoute({
    tag: 'Mail',
    method: 'POST',
    url: '/api/v1/mail/test',
    access: 'owner',
    summary: 'Sends a test mail, and tells what the server said',
    body: mailTest,
    answer: { status: 200, json: mailTestResult },
    errors: [
      'AP_MAIL_NOT_SET_UP',
      'AP_MAIL_UNREACHABLE',
      'AP_MAIL_TOO_SLOW',
      'AP_MAIL_UNSAFE',
      'AP_MAIL_LOGIN_REFUSED',
      'AP_MAIL_DEFERRED',
      'AP_MAIL_REFUSED',
    ],
    handle: async ({ body }, context) => sendTestMail(context, body.to),
  }),
  defineRoute({
    ...queue,
    method: 'GET',
    url: '/api/v1/mails',
    summary: 'What was mailed or waits for it, the newest first',
    query: mailListQuery,
    answer: { status: 200, json: mailPage },
    handle: async ({ query }, context) => findMails(context, query),
  }),
  defineRoute({
    ...queue,
    method: 'POST',
    url: '/api/v1/mails/:id/retry',
    summary: 'Tries one now that waits or has failed',
    params: byId,
    answer: { status: 200, json: mail },
    errors: ['AP_NOT_FOUND', 'AP_MAIL_OVER'],
    handle: async ({ params }, context) => showMail(await retryMail(context, params.id)),
  }),
  defineRoute({
    ...queue,
    method: 'DELETE',
    url: '/api/v1/mails/:id',
    summary: 'Takes one out of the list; what still waits is not sent',
    params: byId,
    answer: { status: 204 },
    errors: ['AP_NOT_FOUND'],
    handle: async ({ params }, context) => removeMail(context, params.id),
  }),
]
