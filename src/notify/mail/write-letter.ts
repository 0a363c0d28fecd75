import { stat } from 'node:fs/promises'
import { audioFileName } from '../../mailbox/audio-file-name.ts'
import type { Mailboxes } from '../../mailbox/mailbox.ts'
import type { Mail, MailFormat } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { knownCaller, type NameOf, writtenNumber } from '../known-caller.ts'
import type { MailAccount } from './account.ts'
import { composeFillNews, composeLineNews, composeLockNews, composeMessage } from './compose.ts'
import type { Letter } from './letter.ts'

const MEDIA: Readonly<Record<MailFormat, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  opus: 'audio/ogg; codecs=opus',
}

/**
 * The letter that brings a message, with its recording as it is now, or tells of a line or a lock; its files are gone once it is disposed of. Rejects
 * when the message or its recording is not there (AP_NOT_FOUND, AP_RECORDING_*), or can't be encoded.
 */
export async function writeLetter(
  mail: Mail,
  { pageUrl, language }: Pick<MailAccount, 'pageUrl' | 'language'>,
  {
    store,
    mailboxes,
    nameOf,
  }: {
    readonly store: Pick<Store, 'mailboxes' | 'lines' | 'transcripts'>
    readonly mailboxes: Pick<Mailboxes, 'get' | 'audioFile' | 'encodedAudio'>
    readonly nameOf: NameOf
  },
): Promise<Letter & AsyncDisposable> {
  if (mail.lineNews) {
    const told = { ...mail.lineNews, until: mail.createdAt }
    const words = composeLineNews(told, { pageUrl, language })
    return { ...words, id: mail.id, to: mail.recipient, async [Symbol.asyncDispose]() {} }
  }
  if (mail.lockNews) {
    const words = composeLockNews({ ...mail.lockNews, since: mail.createdAt }, { pageUrl, language })
    return { ...words, id: mail.id, to: mail.recipient, async [Symbol.asyncDispose]() {} }
  }
  if (mail.fillNews) {
    const words = composeFillNews(mail.fillNews, { pageUrl, language })
    return { ...words, id: mail.id, to: mail.recipient, async [Symbol.asyncDispose]() {} }
  }
  const message = knownCaller(await mailboxes.get(mail.messageId ?? ''), nameOf)
  const mailbox = await store.mailboxes.get(message.mailboxId)
  const line = await store.lines.get(message.lineId)
  await using files = new AsyncDisposableStack()
  const path =
    mail.format === 'wav'
      ? await mailboxes.audioFile(message.id)
      : files.use(await mailboxes.encodedAudio(message.id, mail.format)).path
  const { size } = await stat(path)
  const name = audioFileName(message, mail.format)
  const words = composeMessage({
    message: { ...message, callerNumber: writtenNumber(message, line) },
    mailbox: mailbox?.name ?? '',
    sender: senderOf(mail.by),
    note: mail.note,
    said: (await store.transcripts.get(message.id))?.text ?? '',
    file: name,
    pageUrl,
    language,
  })
  const kept = files.move()
  return {
    ...words,
    id: mail.id,
    to: mail.recipient,
    attachment: { path, bytes: size, name, media: MEDIA[mail.format] },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** `user:ada` → ada; whoever types commands or has the mailbox mail all by itself needs no name. */
function senderOf(by: string): string | null {
  const [kind, name] = by.split(/:(.*)/)
  return kind === 'user' && name ? name : null
}
