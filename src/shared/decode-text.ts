import { AnswerphoneError } from './errors.ts'

/**
 * The text of a file of who knows which program: by its byte order mark, or by where its zeros are, UTF-16; else UTF-8 if it is that, else
 * Windows-1252, which has Latin-1 in it.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const wide = wideOrder(bytes)
  if (wide) return new TextDecoder(wide).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The same of what has to be a text of people. Throws AP_INPUT_INVALID for bytes that are none in any of these. */
export function needText(bytes: Uint8Array): string {
  const text = decodeText(bytes)
  if (!UNWRITTEN.test(text)) return text
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: 'The file is no text in UTF-8, UTF-16 or Windows-1252. Save it as UTF-8 and try again.',
  })
}

/** No program writes these: zeros of pictures and of UTF-32, and what Windows-1252 has no letter for. */
const UNWRITTEN = /[\0\u0080-\u009f]/

/** So much is looked at. */
const SAMPLE_BYTES = 4096

/** UTF-16 without a byte order mark: what people write in Latin letters has a zero in every other byte, mostly. */
function wideOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  const zeros = [0, 0]
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > sample.length / 5 && even === 0) return 'utf-16le'
  return even > sample.length / 5 && odd === 0 ? 'utf-16be' : undefined
}
