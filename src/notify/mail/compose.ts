import { formatLength } from '../../shared/length.ts'
import type { FillNews, LineNews, LockNews, Message } from '../../store/model.ts'
import { type Content, htmlOf, textOf } from './layout.ts'
import type { Letter } from './letter.ts'
import { type LetterWords, letterWords } from './words/letter-words.ts'

/** What a mail about a message tells. */
export interface MessageFacts {
  readonly message: Pick<
    Message,
    'id' | 'callerName' | 'callerNumber' | 'receivedAt' | 'durationMs' | 'cutOff' | 'kind' | 'note'
  >
  readonly mailbox: string
  /** Who sends it on, by name; null: it comes by itself. */
  readonly sender: string | null
  /** What the sender adds. */
  readonly note: string
  /** What was said, as far as it is written down; '' where it is not. */
  readonly said: string
  /** The name of the attached file. */
  readonly file: string
  readonly pageUrl: string | null
  readonly language: keyof typeof letterWords
}

/** The recording has the rest. */
const LONGEST_SAID = 5000

type Words = Pick<Letter, 'subject' | 'text' | 'html'>

/** The words of a mail that brings a message. Pure; times are in the time zone of this machine. */
export function composeMessage(facts: MessageFacts): Words {
  const words = letterWords[facts.language]
  const { callerName, callerNumber, receivedAt, durationMs, cutOff, kind, note } = facts.message
  const isTalk = kind === 'conversation'
  const caller = plain(callerName ?? '') || plain(callerNumber ?? '') || words.unknownCaller
  const length = formatLength(durationMs)
  const number = plain(callerNumber ?? '')
  const content: Content = {
    kicker:
      facts.sender === null
        ? isTalk
          ? words.newConversation
          : words.newMessage
        : words.sentOn(plain(facts.sender)),
    heading: caller,
    detail: number === caller ? '' : number,
    quote: facts.note.trim(),
    said: facts.said === '' ? '' : words.said(facts.said.slice(0, LONGEST_SAID)),
    rows: [
      [words.received, momentOf(receivedAt, words)],
      [words.length, length],
      [words.mailbox, facts.mailbox],
      [words.note, note.trim()],
    ],
    remark: cutOff ? words.cutOff : '',
    link: facts.pageUrl && { url: linkTo(facts.message.id, facts.pageUrl), name: words.open },
    foot: [words.attached(facts.file), words.sender],
  }
  return written(isTalk ? words.conversation(caller, length) : words.message(caller, length), content, words)
}

/** The words of a mail that tells that a line is lost, or back. */
export function composeLineNews(
  { state, line, since, until, problem }: Omit<LineNews, 'lineId'> & { readonly until: number },
  { pageUrl, language }: Pick<MessageFacts, 'pageUrl' | 'language'>,
): Words {
  const words = letterWords[language]
  const isLost = state === 'lost'
  const content: Content = {
    kicker: isLost ? words.lineLost : words.lineBack,
    heading: line,
    detail: '',
    quote: '',
    said: '',
    rows: [
      [words.lostSince, momentOf(since, words)],
      [words.backSince, isLost ? '' : momentOf(until, words)],
      [words.why, problem ? plain(`${problem.code} ${problem.detail}`) : ''],
    ],
    remark: isLost ? words.lostRemark : words.backRemark,
    link: pageUrl && { url: pageUrl, name: words.open },
    foot: [words.sender],
  }
  return written(isLost ? words.lostSubject(line) : words.backSubject(line), content, words)
}

/** The words of a mail that tells of wrong PINs. */
export function composeLockNews(
  { mailbox, callerNumber, until, since }: LockNews & { readonly since: number },
  { pageUrl, language }: Pick<MessageFacts, 'pageUrl' | 'language'>,
): Words {
  const words = letterWords[language]
  const content: Content = {
    kicker: words.pinLocked,
    heading: mailbox,
    detail: '',
    quote: '',
    said: '',
    rows: [
      [words.typedBy, callerNumber === null ? words.unknownCaller : plain(callerNumber)],
      [words.typedAt, momentOf(since, words)],
      [words.lockedUntil, momentOf(until, words)],
    ],
    remark: words.lockedRemark,
    link: pageUrl && { url: pageUrl, name: words.open },
    foot: [words.sender],
  }
  return written(words.lockedSubject(mailbox), content, words)
}

/** The words of a mail that tells that a mailbox, or the disk, fills up. */
export function composeFillNews(
  { mailbox, level, percent }: FillNews,
  { pageUrl, language }: Pick<MessageFacts, 'pageUrl' | 'language'>,
): Words {
  const words = letterWords[language]
  const isFull = level === 'full'
  const content: Content = {
    kicker: isFull ? words.full : words.filling,
    heading: mailbox ?? words.disk,
    detail: '',
    quote: '',
    said: '',
    rows: [[words.filled, `${percent} %`]],
    remark: mailbox === null ? words.diskRemark : isFull ? words.fullRemark : words.fillingRemark,
    link: pageUrl && { url: pageUrl, name: words.open },
    foot: [words.sender],
  }
  return written(words.fillSubject(mailbox, percent), content, words)
}

/** The words of the mail that shows that mail works. */
export function composeTest({ pageUrl, language }: Pick<MessageFacts, 'pageUrl' | 'language'>): Words {
  const words = letterWords[language]
  return written(
    words.testSubject,
    {
      kicker: 'Answerphone',
      heading: words.testHeading,
      detail: '',
      quote: '',
      said: '',
      rows: [],
      remark: words.testText,
      link: pageUrl && { url: pageUrl, name: words.open },
      foot: [words.sender],
    },
    words,
  )
}

const written = (subject: string, content: Content, { locale }: LetterWords): Words => ({
  subject,
  text: textOf(content),
  html: htmlOf(content, locale.slice(0, 2)),
})

/** Where the page shows this message: its own word for that, as in web/src/offline/order-in.ts. */
function linkTo(id: string, pageUrl: string): string {
  const url = new URL(pageUrl)
  url.hash = `/show/${encodeURIComponent(id)}`
  return url.href
}

/** What a caller says of himself, on one line: it may hold anything. */
const plain = (text: string) =>
  text
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, 100)

const momentOf = (at: number, { locale }: LetterWords) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(at)
