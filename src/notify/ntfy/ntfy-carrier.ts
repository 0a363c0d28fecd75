import { readFile, stat } from 'node:fs/promises'
import type { NtfySettings } from '../../store/model.ts'
import type { Carrier, Parcel } from '../outbox/carrier.ts'
import type { HttpTools } from '../webhook/webhook-carrier.ts'
import { composeNote } from './compose-note.ts'

/** A recording as a file of its own, which is gone once it is disposed of. */
export type Encode = (messageId: string) => Promise<AsyncDisposable & { readonly path: string }>

/** What was said in a message, as soon as it is known or not to be waited for any more; '' for nothing. */
export type Said = (messageId: string) => Promise<string>

/** What public servers take at most. */
const MOST_ATTACHED_BYTES = 15 << 20

/** Topics of ntfy: words for people, by HTTP headers; the recording, where it is wanted, is the body. */
export function createNtfyCarrier(
  { thread, reach }: HttpTools,
  { encode, said = async () => '' }: { readonly encode?: Encode; readonly said?: Said } = {},
): Carrier {
  return {
    kind: 'ntfy',
    heedsQuiet: true,
    async carry({ url, secret, ntfy }, parcel) {
      const { priority = 3, click = null, language = 'en' } = ntfy ?? {}
      const words = parcel.event === 'message-new' ? await said(parcel.subject).catch(() => '') : ''
      const { title, text, tags } = composeNote(parcel, language, words)
      const sound = await soundOf(parcel, ntfy, encode)
      const headers = {
        title: encodedWord(title),
        priority: `${priority}`,
        tags,
        'user-agent': 'Answerphone',
        ...(click !== null && { click: new URL(click).href }),
        ...(secret !== null && { authorization: `Bearer ${secret}` }),
        ...(sound && { filename: 'message.mp3', message: encodedWord(text), 'content-type': 'audio/mpeg' }),
      }
      const body = sound ?? (text === '' ? title : text)
      return thread.post({ url, method: sound ? 'PUT' : 'POST', headers, body, reach: reach() })
    },
  }
}

/** The recording of a new message; undefined where none is wanted, or can be had: the words go anyway. */
async function soundOf(
  { event, subject }: Parcel,
  ntfy: NtfySettings | null,
  encode: Encode | undefined,
): Promise<Uint8Array | undefined> {
  if (event !== 'message-new' || !ntfy?.attach || !encode) return undefined
  try {
    await using file = await encode(subject)
    const { size } = await stat(file.path)
    return size <= MOST_ATTACHED_BYTES ? await readFile(file.path) : undefined
  } catch {
    return undefined
  }
}

/** A header that may have any letters in it (RFC 2047 §4.1), in words of at most 75 characters. */
function encodedWord(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text
  const words: string[] = []
  let part = ''
  for (const letter of text) {
    if (Buffer.byteLength(part + letter) > 45) {
      words.push(part)
      part = ''
    }
    part += letter
  }
  return [...words, part].map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ')
}
