import { open } from 'node:fs/promises'
import type { Mailboxes } from '../mailbox/mailbox.ts'
import type { NameOf } from '../notify/known-caller.ts'
import { letterSource } from '../notify/mail/letter-source.ts'
import { writeLetter } from '../notify/mail/write-letter.ts'
import type { MailFormat, Message } from '../store/model.ts'
import type { Store } from '../store/store.ts'

export interface MboxOrder {
  readonly file: string
  readonly format: MailFormat
  readonly language: 'en' | 'de'
}

/**
 * Writes messages as mails with their recordings into one file that mail programs take in: mbox (RFC 4155) with each
 * `From ` in a mail quoted so that it can be undone (mboxrd). The file must not be there yet. Rejects with
 * AP_RECORDING_*, and as the file system does.
 */
export async function writeMbox(
  messages: readonly Message[],
  { file, format, language }: MboxOrder,
  tools: {
    readonly store: Pick<Store, 'mailboxes' | 'lines' | 'transcripts'>
    readonly mailboxes: Pick<Mailboxes, 'get' | 'audioFile' | 'encodedAudio'>
    readonly nameOf: NameOf
  },
): Promise<void> {
  await using out = await open(file, 'wx', 0o600)
  for (const message of messages) {
    const order = { ...UNSENT, id: message.id, messageId: message.id, format, createdAt: message.receivedAt }
    await using letter = await writeLetter(order, { pageUrl: null, language }, tools)
    const mail = await letterSource(letter, SENDER, new Date(message.receivedAt))
    await out.write(`From ${SENDER} ${asctime(message.receivedAt)}\n${quoted(mail)}\n`, null, 'latin1')
  }
}

const SENDER = 'answerphone@localhost'

/** What a mail in the outbox has, and a file needs not. */
const UNSENT = {
  lineNews: null,
  lockNews: null,
  fillNews: null,
  recipient: SENDER,
  note: '',
  by: 'machine',
  state: 'waiting',
  tries: 0,
  nextAt: 0,
  endedAt: null,
  problem: null,
  detail: '',
} as const

/** Byte for byte (latin1), with the line ends of Unix. */
function quoted(mail: Buffer): string {
  const text = mail
    .toString('latin1')
    .replaceAll('\r\n', '\n')
    .replace(/^(>*From )/gm, '>$1')
  let end = text.length
  while (text[end - 1] === '\n') end--
  return `${text.slice(0, end)}\n`
}

/** `Thu Nov 26 08:15:00 2026`, UTC (RFC 4155, appendix A). */
function asctime(at: number): string {
  const [weekday, day, month, year, time] = new Date(at).toUTCString().split(/,? /)
  return `${weekday} ${month} ${day} ${time} ${year}`
}
