import type { Log } from '../../shared/log.ts'
import type { FillNews, LineNews, LockNews } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { alertedOf, type MailAccounts } from './account.ts'
import { mailLineNews } from './mail-line-news.ts'
import { DEFAULT_FORMAT, type QueueTools, queueMails } from './mail-new-message.ts'

/** What the machine tells of itself, as far as it is mailed. */
export type HouseNews =
  | ({ readonly kind: 'line-lost' } & Omit<LineNews, 'state'>)
  | ({ readonly kind: 'line-back' } & Omit<LineNews, 'state' | 'problem'>)
  | ({ readonly kind: 'pin-locked' } & LockNews)
  | ({ readonly kind: 'filling' } & FillNews)

export type HouseNewsTools = QueueTools & {
  readonly store: Pick<Store, 'mails'>
  readonly accounts: Pick<MailAccounts, 'read'>
}

/** Tells whoever wants to know that a mailbox takes no PIN. */
export async function mailLockNews(
  { mailbox, callerNumber, until }: LockNews,
  tools: HouseNewsTools,
): Promise<void> {
  const account = await tools.accounts.read()
  if (!account) return
  const lockNews = { mailbox, callerNumber, until }
  const about = { messageId: null, lockNews, format: DEFAULT_FORMAT, note: '', by: 'machine' } as const
  await queueMails(tools, about, alertedOf(account))
}

/** Tells whoever wants to know that a mailbox, or the disk, fills up. */
export async function mailFillNews(
  { mailbox, level, percent }: FillNews,
  tools: HouseNewsTools,
): Promise<void> {
  const account = await tools.accounts.read()
  if (!account) return
  const fillNews = { mailbox, level, percent }
  const about = { messageId: null, fillNews, format: DEFAULT_FORMAT, note: '', by: 'machine' } as const
  await queueMails(tools, about, alertedOf(account))
}

/** Mails what is told of lines, locks and room; nobody waits for it. */
export function mailHouseNews(tools: HouseNewsTools & { readonly log: Log }) {
  return (news: HouseNews | { readonly kind: string }): void => {
    mailOf(news as HouseNews, tools).catch((error: unknown) =>
      tools.log.error({ err: error, news: news.kind }, 'news of the house could not be queued for mail'),
    )
  }
}

async function mailOf(news: HouseNews, tools: HouseNewsTools): Promise<void> {
  if (news.kind === 'pin-locked') return mailLockNews(news, tools)
  if (news.kind === 'filling') return mailFillNews(news, tools)
  if (news.kind === 'line-lost') return mailLineNews({ ...news, state: 'lost' }, tools)
  if (news.kind === 'line-back') return mailLineNews({ ...news, state: 'back', problem: null }, tools)
}
