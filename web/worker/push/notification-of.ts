import type { PushedNews } from '../../../src/api/contract.ts'
import { formatLength } from '../../../src/shared/length.ts'
import { wordsIn } from './words.ts'

/** What one may do without looking at the page first. */
export type NotificationAct = 'pick-up' | 'answer' | 'play' | 'delete'

/** What the notification is about; it comes back with the click. */
export interface AboutWhat {
  readonly callId?: string
  readonly messageId?: string
}

/** TypeScript's library does not know all that notifications have. */
export interface Shown {
  readonly title: string
  readonly options: NotificationOptions & {
    readonly data: AboutWhat
    readonly actions?: readonly { readonly action: NotificationAct; readonly title: string }[]
    readonly renotify?: boolean
    readonly timestamp?: number
  }
  /** It is only there to take the place of another, and goes with it. */
  readonly passing: boolean
}

const momentOf = (at: string, language: string) =>
  new Date(at).toLocaleString(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  })

function nameSaid(name: { words: string | null } | undefined, words: ReturnType<typeof wordsIn>): string {
  if (!name) return ''
  return name.words ? words.said(name.words) : words.saysName
}

/** How news are shown. All of one call have one place: its ringing, what came of it, and the message that it left. */
export function notificationOf(news: PushedNews): Shown {
  const words = wordsIn(news.language)
  const common = { icon: '/icons/lamp-192.png', badge: '/icons/badge-96.png', lang: news.language }
  if (news.kind === 'test')
    return {
      title: words.test,
      options: { ...common, body: words.testHelp, tag: 'test', data: {} },
      passing: false,
    }
  if (news.kind === 'filling')
    return {
      title: words.filling(news.mailbox, news.percent),
      options: {
        ...common,
        body: words.fillingHelp,
        tag: `fill-${news.mailbox ?? ''}`,
        data: {},
        ...(news.quiet && { silent: true }),
      },
      passing: false,
    }
  if (news.kind === 'pin-locked')
    return {
      title: words.pinLocked(news.mailbox),
      options: {
        ...common,
        body: [
          news.callerName,
          news.callerNumber ?? words.withheld,
          words.lockedUntil(momentOf(news.until, news.language)),
        ]
          .filter((part) => part !== null)
          .join(' · '),
        tag: `pin-${news.mailbox}`,
        data: {},
        ...(news.quiet && { silent: true }),
        renotify: true,
      },
      passing: false,
    }
  const { callId, line } = news
  const caller = news.callerName ?? news.callerNumber ?? words.withheld
  const title = words[news.kind](caller)
  const detail = [news.callerName === null ? null : news.callerNumber, words.onLine(line)]
  const said = (more: readonly string[] = []) =>
    [...more, ...detail].filter((part) => part !== null).join(' · ')
  const options = { ...common, tag: `call-${callId}` }
  switch (news.kind) {
    case 'ringing':
      return {
        title,
        passing: false,
        options: {
          ...options,
          body: [nameSaid(news.saidName, words), said()].filter(Boolean).join('\n'),
          data: { callId },
          // It stays until somebody has decided; its end is told.
          requireInteraction: true,
          // A name comes to what has been shown already: that is no second ringing.
          renotify: news.saidName === undefined,
          actions: [
            { action: 'pick-up', title: words.pickUp },
            { action: 'answer', title: words.answer },
          ],
        },
      }
    case 'message': {
      const { messageId, durationMs } = news
      return {
        title,
        passing: false,
        options: {
          ...options,
          body: [news.said, said([formatLength(durationMs)])].filter(Boolean).join('\n'),
          data: { callId, messageId },
          ...(news.quiet && { silent: true }),
          renotify: true,
          actions: [
            { action: 'play', title: words.play },
            { action: 'delete', title: words.delete },
          ],
        },
      }
    }
    case 'missed':
    case 'taken':
      return {
        title,
        passing: news.kind === 'taken',
        options: { ...options, body: said(), data: { callId }, silent: true },
      }
  }
}
