import { formatLength } from '../../shared/length.ts'
import { unreachable } from '../../shared/step.ts'
import type { Parcel } from '../outbox/carrier.ts'
import { ntfyWords } from './words.ts'

/** What a person reads, and the signs before it, as ntfy names them. */
export interface Note {
  readonly title: string
  readonly text: string
  readonly tags: string
}

/** What of an event's JSON (`WebhookBody` of the API) is told. */
interface Told {
  readonly data: {
    readonly message?: Called | null
    readonly call?: Called | null
    readonly line?: { readonly name: string; readonly problem: { readonly code: string } | null }
    readonly lock?: { readonly mailbox: string; readonly callerNumber: string | null; readonly until: string }
    readonly fill?: { readonly mailbox: string | null; readonly percent: number }
    readonly problems?: readonly { readonly message: string }[]
  }
}

interface Called {
  readonly contact: { readonly name: string } | null
  readonly callerName: string | null
  readonly callerNumber: string | null
  readonly callerDisplay?: string | null
  readonly line: string
  readonly durationMs?: number
  readonly transcript?: { readonly text: string } | null
}

/** As much as a notification shows. */
const LONGEST_SAID = 240
const firstWords = (said: string) => (said.length > LONGEST_SAID ? `${said.slice(0, LONGEST_SAID)}…` : said)

/**
 * An event in words.
 *
 * @param said what was said in a new message, where that is known
 */
export function composeNote(
  { event, body }: Pick<Parcel, 'event' | 'body'>,
  language: 'en' | 'de',
  said = '',
): Note {
  const words = ntfyWords[language]
  const { message, call, line, lock, fill, problems = [] } = (JSON.parse(body) as Told).data
  const about = (
    called: Called | null | undefined,
    title: (caller: string) => string,
    tags: string,
  ): Note => {
    const caller =
      called?.contact?.name ?? called?.callerName ?? called?.callerDisplay ?? called?.callerNumber
    const parts = [
      called?.callerDisplay ?? called?.callerNumber,
      called && words.on(called.line),
      lengthOf(called),
    ]
    return { title: title(caller ?? words.unknown), text: parts.filter(Boolean).join(' · '), tags }
  }
  switch (event) {
    case 'message-new':
      return withWords(about(message, words.newMessage, 'envelope_with_arrow'), said)
    case 'message-transcribed': {
      const { title, tags } = about(message, words.said, 'memo')
      return { title, text: firstWords(message?.transcript?.text ?? ''), tags }
    }
    case 'message-heard':
      return about(message, words.heard, 'ear')
    case 'message-deleted':
      return about(message, words.deleted, 'wastebasket')
    case 'call-arrived':
      return about(call, words.calls, 'telephone_receiver')
    case 'call-ended':
      return about(call, words.called, 'telephone_receiver')
    case 'line-lost':
      return { title: words.lineLost(line?.name ?? ''), text: line?.problem?.code ?? '', tags: 'warning' }
    case 'line-back':
      return { title: words.lineBack(line?.name ?? ''), text: '', tags: 'white_check_mark' }
    case 'pin-locked': {
      const parts = lock && [
        lock.callerNumber ?? words.withheld,
        words.lockedUntil(momentOf(Date.parse(lock.until), language)),
      ]
      const text = parts?.join(' · ') ?? ''
      return { title: words.pinLocked(lock?.mailbox ?? ''), text, tags: 'lock' }
    }
    case 'mailbox-filling':
    case 'mailbox-full':
    case 'storage-filling':
      return {
        title: words.filling(fill?.mailbox ?? null, fill?.percent ?? 0),
        text: words.fillingHelp,
        tags: 'warning',
      }
    case 'storage-full':
      return {
        title: words.storageFull,
        text: problems.map((each) => each.message).join(' '),
        tags: 'warning',
      }
    case 'storage-free':
      return { title: words.storageFree, text: '', tags: 'white_check_mark' }
    case 'test':
      return { title: words.test, text: '', tags: 'wave' }
    default:
      return unreachable(event)
  }
}

const withWords = (note: Note, said: string): Note =>
  said === '' ? note : { ...note, text: [note.text, firstWords(said)].filter(Boolean).join('\n') }

const momentOf = (at: number, language: string) =>
  new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(at)

const lengthOf = (called: Called | null | undefined) =>
  called?.durationMs === undefined ? undefined : formatLength(called.durationMs)
