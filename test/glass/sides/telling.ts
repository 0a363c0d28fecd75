import { join } from 'node:path'
import { expect } from 'vitest'
import type { Mailboxes } from '../../../src/mailbox/mailbox.ts'
import type { MailAccount } from '../../../src/notify/mail/account.ts'
import { openOutbox } from '../../../src/notify/mail/outbox.ts'
import { isForPush, openPush } from '../../../src/notify/push/open-push.ts'
import type { PushOrder, PushOutcome } from '../../../src/notify/push/post-push.ts'
import { AnswerphoneError } from '../../../src/shared/errors.ts'
import { silentLog } from '../../../src/shared/log.ts'
import type { Mail, Message } from '../../../src/store/model.ts'
import type { Store } from '../../../src/store/store.ts'
import type { Side } from '../stage.ts'

const BROWSERS = 10
/** What push services do, in turn, and how long they take. */
const SERVICES: readonly (PushOutcome & { readonly takesMs: number })[] = [
  { kind: 'taken', takesMs: 40 },
  { kind: 'gone', takesMs: 700 },
  { kind: 'later', why: '503', takesMs: 3000 },
  { kind: 'refused', why: '403', takesMs: 1 },
]
const MAILS = 40
const ACCOUNT: MailAccount = {
  ...{ host: 'mail.example.org', port: 587, security: 'starttls', user: null, password: null },
  ...{ from: 'machine@example.org', pageUrl: null, language: 'en', format: 'wav' },
}
const RECORDING = join(import.meta.dirname, '../../../assets/prompts/test-caller.wav')
const MESSAGE: Message = {
  ...{ id: 'm1', callId: 'c0', mailboxId: 'box', lineId: 'l1', callerNumber: '+49301', callerName: 'Grace' },
  callerE164: null,
  ...{
    receivedAt: 0,
    durationMs: 5000,
    state: 'new',
    stateBeforeTrash: null,
    trashedAt: null,
    heardAt: null,
  },
  ...{
    cutOff: false,
    file: 'm1.wav',
    note: '',
    pickedUp: null,
    kind: 'message',
    forwardedBy: null,
    junkReason: null,
  },
}

/** Who is told of calls and messages, while there is a call. */
export const telling: readonly Side[] = [
  {
    name: 'ten browsers are told by Web Push, whose services take, refuse, forget and take their time',
    prepare({ house: { clock, machine } }) {
      const orders: PushOrder[] = []
      const push = openPush({
        store: {
          push: { list: async () => subscriptions, removeEndpoint: async () => {} },
          messages: { get: async () => MESSAGE },
          lines: { get: async () => ({ name: 'home' }) },
          transcripts: { get: async () => undefined },
        } as unknown as Pick<Store, 'push' | 'messages' | 'lines' | 'transcripts'>,
        thread: {
          post(order) {
            const { takesMs = 0, ...outcome } = SERVICES[orders.push(order) % SERVICES.length] ?? {}
            return new Promise((said) => clock.setTimer(takesMs, () => said(outcome as PushOutcome)))
          },
          async [Symbol.asyncDispose]() {},
        },
        keys: { publicKey: 'public', privateKey: 'private' },
        reach: { kind: 'public' },
        contact: 'mailto:ada@house.example',
        mayRing: () => true,
        isQuiet: () => false,
        nameOf: () => null,
        clock,
        log: silentLog,
      })
      machine.watch((event) => {
        if (isForPush(event)) push.take(event)
      })
      return {
        happened() {
          const told = Map.groupBy(orders, ({ payload }) => (JSON.parse(payload) as { kind: string }).kind)
          expect(told.get('ringing')?.length).toBe(BROWSERS)
          // Some were put off, and told again.
          expect(told.get('message')?.length).toBeGreaterThan(BROWSERS)
        },
      }
    },
  },
  {
    name: 'mails go out one after another, by a server that is slow and puts some of them off',
    prepare({ at, house: { clock } }) {
      const mails = waitingMails(MAILS)
      let tried = 0
      let putOff = 0
      let handedOver = Promise.withResolvers<void>()
      const outbox = openOutbox({
        store: outboxStore(mails),
        mailboxes: {
          get: async () => MESSAGE,
          audioFile: async () => RECORDING,
        } as unknown as Mailboxes,
        accounts: {
          isGiven: false,
          read: async () => ACCOUNT,
          write: async () => {},
          remove: async () => {},
        },
        async send() {
          tried++
          handedOver.resolve()
          await new Promise<void>((passed) => clock.setTimer(333.3, passed))
          handedOver = Promise.withResolvers()
          if (tried % 3 > 0) return '250 taken'
          putOff++
          throw new AnswerphoneError('AP_MAIL_DEFERRED', { answer: '451 later' })
        },
        nameOf: () => null,
        clock,
        log: silentLog,
      })
      return {
        during() {
          // Letters are written from the disk, for which this clock does not wait by itself.
          for (let ms = 0; ms < 20_000; ms += 100)
            at(ms, () => (tried < MAILS ? handedOver.promise : undefined))
          at(20_000, () => outbox[Symbol.asyncDispose]())
        },
        happened() {
          expect(mails.filter(({ state }) => state === 'sent').length).toBe(MAILS - putOff)
          expect(putOff).toBeGreaterThan(MAILS / 4)
        },
      }
    },
  },
]

const subscriptions = Array.from({ length: BROWSERS }, (_, browser) => ({
  sessionHash: `s${browser}`,
  userId: 'u1',
  endpoint: `https://push.example/${browser}`,
  p256dh: 'key',
  auth: 'secret',
  language: 'en',
  createdAt: 0,
}))

const waitingMails = (count: number): Mail[] =>
  Array.from({ length: count }, (_, number) => ({
    ...{
      id: `mail${number}`,
      messageId: MESSAGE.id,
      lineNews: null,
      lockNews: null,
      fillNews: null,
      recipient: 'ruth@example.org',
      format: 'wav',
      note: '',
    },
    ...{ by: 'machine', state: 'waiting', createdAt: 0, tries: 0, nextAt: 0, endedAt: null, problem: null },
    detail: '',
  }))

/** The part of the store that the outbox needs, over these rows. */
function outboxStore(
  mails: Mail[],
): Pick<Store, 'mails' | 'lines' | 'mailboxes' | 'transcripts' | 'onChange'> {
  const change = (id: string, by: Partial<Mail>) => {
    const at = mails.findIndex((mail) => mail.id === id)
    mails[at] = { ...(mails[at] as Mail), ...by }
    return mails[at]
  }
  const first = () =>
    mails
      .filter(({ nextAt }) => nextAt !== null)
      .reduce<Mail | undefined>((a, b) => (a && (a.nextAt ?? 0) <= (b.nextAt ?? 0) ? a : b), undefined)
  return {
    transcripts: { get: async () => undefined } as unknown as Store['transcripts'],
    mails: {
      nextAt: async () => first()?.nextAt ?? undefined,
      async claim(now: number, nextAt: number) {
        const mail = first()
        return mail && (mail.nextAt ?? 0) <= now
          ? change(mail.id, { nextAt, tries: mail.tries + 1 })
          : undefined
      },
      settle: async (id: string, outcome: Partial<Mail>) => void change(id, outcome),
    },
    mailboxes: { get: async () => ({ name: 'home' }) },
    lines: { get: async () => undefined },
    onChange: () => () => {},
  } as unknown as Pick<Store, 'mails' | 'lines' | 'mailboxes' | 'transcripts' | 'onChange'>
}
