import type { LineNews } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { alertedOf, type MailAccounts } from './account.ts'
import { DEFAULT_FORMAT, type QueueTools, queueMails } from './mail-new-message.ts'

/** Tells whoever wants to know that a line is lost, or back. */
export async function mailLineNews(
  lineNews: LineNews,
  tools: QueueTools & {
    readonly store: Pick<Store, 'mails'>
    readonly accounts: Pick<MailAccounts, 'read'>
  },
): Promise<void> {
  const account = await tools.accounts.read()
  if (!account) return
  if (lineNews.state === 'back') await recall(lineNews.lineId, tools.store)
  const about = { messageId: null, lineNews, format: DEFAULT_FORMAT, note: '', by: 'machine' } as const
  await queueMails(tools, about, alertedOf(account))
}

/** Where the way to the world was away, with the line went the mail: that it is lost is no news any more. */
async function recall(lineId: string, { mails }: Pick<Store, 'mails'>): Promise<void> {
  const { rows } = await mails.list({ state: 'waiting', limit: 200 })
  for (const { id, lineNews } of rows) if (lineNews?.lineId === lineId) await mails.remove(id)
}
