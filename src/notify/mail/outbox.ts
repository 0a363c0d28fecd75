import type { Mailboxes } from '../../mailbox/mailbox.ts'
import type { Clock, Timer } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import type { Mail } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { NameOf } from '../known-caller.ts'
import type { MailAccounts } from './account.ts'
import { nextTry, restAfter } from './next-try.ts'
import type { SendMail } from './send-mail.ts'
import { writeLetter } from './write-letter.ts'

export interface OutboxOptions {
  readonly store: Pick<Store, 'mails' | 'lines' | 'mailboxes' | 'transcripts' | 'onChange'>
  readonly mailboxes: Pick<Mailboxes, 'get' | 'audioFile' | 'encodedAudio'>
  readonly accounts: MailAccounts
  readonly send: SendMail
  readonly nameOf: NameOf
  readonly clock: Clock
  readonly log: Log
}

/** What one mail may take. A server that takes it byte by byte must not hold up the others for ever. */
const PATIENCE_MS = 10 * 60_000
/** Who takes a mail has it for so long; were the process to die, it is due again after that. */
const LEASE_MS = PATIENCE_MS + 60_000
/** After a failure of the database. */
const STORE_PAUSE_MS = 30_000

/**
 * Sends what waits in the store, one mail at a time, each until the server has taken it or has refused it for good. A mail
 * may go twice, if the machine dies between the server's word and ours; it bears the same Message-ID then.
 */
export function openOutbox(options: OutboxOptions): AsyncDisposable {
  const { store, mailboxes, accounts, send, nameOf, clock, log } = options
  const closing = new AbortController()
  let timer: Timer | undefined
  let working: Promise<void> | undefined
  /** Something changed while it worked. */
  let again = false
  /** On the monotonic clock: the server is not asked before. */
  let restsUntil = 0

  const stopFollowing = store.onChange((tables) => {
    if (tables.size === 0 || tables.has('mails')) wake()
  })

  function wake(): void {
    timer?.cancel()
    again = working !== undefined
    if (again || closing.signal.aborted) return
    working = work()
      .catch((error: unknown) => {
        log.warn({ err: error }, 'mails that wait can not be read; tried again')
        wakeAfter(STORE_PAUSE_MS)
      })
      .finally(() => {
        working = undefined
        if (again) wake()
      })
  }

  function wakeAfter(delayMs: number): void {
    timer?.cancel()
    if (!closing.signal.aborted) timer = clock.setTimer(delayMs, wake)
  }

  async function work(): Promise<void> {
    for (let due = await store.mails.nextAt(); due !== undefined; due = await store.mails.nextAt()) {
      if (closing.signal.aborted) return
      const now = clock.now()
      const waitMs = Math.max(due - now, restsUntil - clock.monotonic())
      if (waitMs > 0) return wakeAfter(waitMs)
      const mail = await store.mails.claim(now, now + LEASE_MS)
      if (mail) await deliver(mail)
    }
  }

  async function deliver(mail: Mail): Promise<void> {
    const failure = await attempt(mail)
    const now = clock.now()
    if (!failure) return store.mails.settle(mail.id, { ...over(mail, now), state: 'sent', ...NO_PROBLEM })
    // Stopped in the middle: that was no try, and it goes first after the next start.
    if (closing.signal.aborted)
      return store.mails.settle(mail.id, { ...mail, tries: mail.tries - 1, nextAt: now })

    log.warn({ mail: mail.id, tries: mail.tries, code: failure.code, err: failure.cause }, failure.message)
    restsUntil = clock.monotonic() + restAfter(failure)
    const pauseMs = nextTry(mail.tries, failure)
    const { answer = failure.message } = failure.details
    const problem = { problem: failure.code, detail: String(answer) }
    if (pauseMs === undefined)
      return store.mails.settle(mail.id, { ...over(mail, now), state: 'failed', ...problem })
    await store.mails.settle(mail.id, { ...mail, nextAt: now + pauseMs, ...problem })
  }

  /** Resolves to what stood in the way; undefined once the server has it. */
  async function attempt(mail: Mail): Promise<AnswerphoneError | undefined> {
    const patience = new AbortController()
    using _deadline = clock.setTimer(PATIENCE_MS, () => patience.abort())
    try {
      const account = await accounts.read()
      if (!account) throw new AnswerphoneError('AP_MAIL_NOT_SET_UP')
      await using letter = await writeLetter(mail, account, { store, mailboxes, nameOf })
      const answer = await send(account, letter, AbortSignal.any([closing.signal, patience.signal]))
      log.debug({ mail: mail.id, answer }, 'a mail was sent')
      return undefined
    } catch (error) {
      return error instanceof AnswerphoneError
        ? error
        : new AnswerphoneError('AP_INTERNAL', {}, { cause: error })
    }
  }

  wake()
  return {
    async [Symbol.asyncDispose]() {
      stopFollowing()
      timer?.cancel()
      closing.abort()
      await working
    },
  }
}

const NO_PROBLEM = { problem: null, detail: '' } as const

const over = ({ tries }: Mail, endedAt: number) => ({ tries, nextAt: null, endedAt })
