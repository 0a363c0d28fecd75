import type { Mailboxes } from '../../mailbox/mailbox.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import type { Mail } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { workOff } from '../../store/work-off.ts'
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

/**
 * Sends what waits in the store, one mail at a time, each until the server has taken it or has refused it for good. A mail
 * may go twice, if the machine dies between the server's word and ours; it bears the same Message-ID then.
 */
export function openOutbox(options: OutboxOptions): AsyncDisposable {
  const { store, mailboxes, accounts, send, nameOf, clock, log } = options

  /** Resolves to how long no other mail is tried either, in ms. */
  async function deliver(mail: Mail, closing: AbortSignal): Promise<number> {
    const failure = await attempt(mail, closing)
    const now = clock.now()
    if (!failure) {
      await store.mails.settle(mail.id, { ...over(mail, now), state: 'sent', ...NO_PROBLEM })
      return 0
    }
    // Stopped in the middle: that was no try, and it goes first after the next start.
    if (closing.aborted) {
      await store.mails.settle(mail.id, { ...mail, tries: mail.tries - 1, nextAt: now })
      return 0
    }

    log.warn({ mail: mail.id, tries: mail.tries, code: failure.code, err: failure.cause }, failure.message)
    const pauseMs = nextTry(mail.tries, failure)
    const { answer = failure.message } = failure.details
    const problem = { problem: failure.code, detail: String(answer) }
    await store.mails.settle(mail.id, {
      ...(pauseMs === undefined
        ? { ...over(mail, now), state: 'failed' as const }
        : { ...mail, nextAt: now + pauseMs }),
      ...problem,
    })
    return restAfter(failure)
  }

  /** Resolves to what stood in the way; undefined once the server has it. */
  async function attempt(mail: Mail, closing: AbortSignal): Promise<AnswerphoneError | undefined> {
    const patience = new AbortController()
    using _deadline = clock.setTimer(PATIENCE_MS, () => patience.abort())
    try {
      const account = await accounts.read()
      if (!account) throw new AnswerphoneError('AP_MAIL_NOT_SET_UP')
      await using letter = await writeLetter(mail, account, { store, mailboxes, nameOf })
      const answer = await send(account, letter, AbortSignal.any([closing, patience.signal]))
      log.debug({ mail: mail.id, answer }, 'a mail was sent')
      return undefined
    } catch (error) {
      return error instanceof AnswerphoneError
        ? error
        : new AnswerphoneError('AP_INTERNAL', {}, { cause: error })
    }
  }

  return workOff<Mail>({
    store,
    table: 'mails',
    rows: store.mails,
    leaseMs: LEASE_MS,
    worker: () => deliver,
    failed: (error) => log.warn({ err: error }, 'mails that wait can not be read; tried again'),
    clock,
  })
}

const NO_PROBLEM = { problem: null, detail: '' } as const

const over = ({ tries }: Mail, endedAt: number) => ({ tries, nextAt: null, endedAt })
