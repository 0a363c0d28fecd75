import type { Mail, Page } from './model.ts'

export interface MailStore {
  add(mails: readonly Mail[]): Promise<void>
  get(id: string): Promise<Mail | undefined>
  /** Newest first. */
  list(query: {
    state?: Mail['state']
    messageId?: string
    cursor?: string
    limit: number
  }): Promise<Page<Mail>>
  /**
   * Takes the one that has been due for longest, and counts the try. Whoever takes it has it alone until `leaseEndsAt`;
   * then it is due again, should nothing have been said of it.
   */
  claim(now: number, leaseEndsAt: number): Promise<Mail | undefined>
  /** When the next one is due; undefined when none waits. */
  nextAt(): Promise<number | undefined>
  /** Says how a try went. It must still be waiting. */
  settle(
    id: string,
    outcome: Pick<Mail, 'state' | 'tries' | 'nextAt' | 'endedAt' | 'problem' | 'detail'>,
  ): Promise<void>
  /** All that wait are due now: something was mended. With a message, those of it that nobody has tried yet. */
  hurry(now: number, messageId?: string): Promise<void>
  /** Tries one again that has failed, from the beginning, or one that waits. Undefined when there is none. */
  retry(id: string, now: number): Promise<Mail | undefined>
  /** How many this one has sent on since then. */
  countSince(by: string, at: number): Promise<number>
  /** Forgets it; one that waits is not sent. False when there is none. */
  remove(id: string): Promise<boolean>
  /** Forgets what was over before this instant. */
  removeEndedBefore(at: number): Promise<void>
}
