import { Headers } from '../message/headers.ts'
import { contentLength, MAX_HEAD_BYTES } from '../message/parse.ts'
import { scanHead } from '../message/scan-head.ts'
import { isTokenCode } from '../message/token.ts'

/** What a stream carried. */
export type Framed =
  /** One whole message, head and body; the bytes are the receiver's to keep. */
  | { readonly kind: 'message'; readonly bytes: Buffer }
  /** CRLFCRLF between messages: a ping to be answered with CRLF (RFC 5626 §4.4.1). */
  | { readonly kind: 'keep-alive' }
  /** No message can be found from here on; `bytes` is what there was of it. Nothing follows. */
  | { readonly kind: 'broken'; readonly bytes: Buffer; readonly why: string }

export interface FramerLimits {
  readonly maxHeadBytes: number
  readonly maxBodyBytes: number
}

/** Finds messages in a stream of bytes (RFC 3261 §18.3). */
export interface StreamFramer {
  /** Takes the bytes that came and returns what they complete, however the stream was cut into pieces. */
  feed(bytes: Buffer): Framed[]
  /** Bytes that wait for the rest of their message, never more than the limits allow. */
  readonly waiting: number
}

const LIMITS: FramerLimits = { maxHeadBytes: MAX_HEAD_BYTES, maxBodyBytes: 262_144 }
const NOTHING = Buffer.alloc(0)
const LF = 0x0a
const CR = 0x0d

/** A framer for one connection. It takes linear time even when the bytes come one by one. */
export function createStreamFramer(limits: FramerLimits = LIMITS): StreamFramer {
  /** What waits stands at the front of `store`, and starts with its message except for a CR between messages. */
  let store = NOTHING
  let waiting = 0
  let lineBreaks = 0
  /** How far the end of the head has been looked for. */
  let searched = 0
  /** The length of the message at the front, once its head is known. */
  let needed: number | undefined
  let broken = false

  function append(bytes: Buffer): Buffer {
    if (waiting === 0) return bytes
    if (waiting + bytes.length > store.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * store.length, waiting + bytes.length))
      store.copy(larger, 0, 0, waiting)
      store = larger
    }
    bytes.copy(store, waiting)
    return store.subarray(0, waiting + bytes.length)
  }

  function keep(rest: Buffer): void {
    waiting = rest.length
    if (waiting === 0) store = NOTHING
    else if (rest.buffer !== store.buffer || rest.byteOffset !== store.byteOffset) {
      if (waiting > store.length) store = Buffer.allocUnsafeSlow(waiting)
      rest.copy(store)
    }
  }

  /** RFC 3261 §7.5 ignores line breaks before a message; two in a row are a ping. Returns where they end. */
  function passLineBreaks(data: Buffer, found: Framed[]): number {
    let at = 0
    while (data[at] === LF || (data[at] === CR && at + 1 < data.length)) {
      const crlf = data[at] === CR && data[at + 1] === LF
      at += crlf ? 2 : 1
      lineBreaks = crlf ? lineBreaks + 1 : 0
      if (lineBreaks === 2) {
        found.push({ kind: 'keep-alive' })
        lineBreaks = 0
      }
    }
    return at
  }

  /** Sets `needed` when the head of the message at `data` is whole; returns why the stream is broken, if it is. */
  function measure(data: Buffer): string | undefined {
    if (!isTokenCode(data[0] ?? 0)) return 'no message starts like this'
    const end = endOfHead(data)
    if (end === undefined) return data.length > limits.maxHeadBytes ? 'head too long' : undefined
    if (end > limits.maxHeadBytes) return 'head too long'
    const head = scanHead(data.toString('latin1', 0, end))
    const length = contentLength(Headers.over(head.lines))
    if (typeof length === 'string') return length
    if (length === undefined) return head.flaw ?? 'no Content-Length'
    if (length > limits.maxBodyBytes) return 'body too long'
    needed = end + length
    return undefined
  }

  /** Where the first empty line ends. */
  function endOfHead(data: Buffer): number | undefined {
    for (;;) {
      const lineEnd = data.indexOf(LF, searched)
      if (lineEnd === -1 || lineEnd + 1 === data.length) {
        searched = lineEnd === -1 ? data.length : lineEnd
        return undefined
      }
      if (data[lineEnd + 1] === LF) return lineEnd + 2
      if (data[lineEnd + 1] === CR) {
        if (lineEnd + 2 === data.length) {
          searched = lineEnd
          return undefined
        }
        if (data[lineEnd + 2] === LF) return lineEnd + 3
      }
      searched = lineEnd + 1
    }
  }

  function feed(bytes: Buffer): Framed[] {
    const found: Framed[] = []
    if (broken) return found
    let data = append(bytes)
    for (;;) {
      if (searched === 0) data = data.subarray(passLineBreaks(data, found))
      if (needed === undefined) {
        if (data.length === 0 || data[0] === CR) break // The other half of a line break may follow.
        const why = measure(data)
        if (why !== undefined) {
          broken = true
          found.push({ kind: 'broken', bytes: Buffer.from(data), why })
          keep(NOTHING)
          return found
        }
      }
      if (needed === undefined || data.length < needed) break
      found.push({ kind: 'message', bytes: Buffer.from(data.subarray(0, needed)) })
      data = data.subarray(needed)
      needed = undefined
      searched = 0
      lineBreaks = 0
    }
    keep(data)
    return found
  }

  return {
    feed,
    get waiting() {
      return waiting
    },
  }
}
