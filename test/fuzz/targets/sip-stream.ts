import { createStreamFramer, type Framed } from '../../../src/sip/transport/stream-framer.ts'
import { holds, type Target } from '../target.ts'
import { tortureMessages } from './sip-message.ts'

const LIMITS = { maxHeadBytes: 1000, maxBodyBytes: 2000 }
const PIECES = [1, 7, 100]

/** A stream is cut into the same messages however it comes in pieces, and keeps no more than its limits (RFC 3261 §18.3). */
export const sipStream: Target = {
  name: 'sip-stream',
  shape: 'text',
  seeds: tortureMessages.map((message, index, all) =>
    Buffer.concat([message, Buffer.from('\r\n\r\n'), all[(index + 1) % all.length] ?? message]),
  ),
  open: async () => ({
    take(input) {
      const whole = told(feed(input, input.length))
      for (const piece of PIECES)
        holds(told(feed(input, piece)) === whole, `cut otherwise in pieces of ${piece}`)
    },
  }),
}

function feed(input: Buffer, piece: number): Framed[] {
  const framer = createStreamFramer(LIMITS)
  const found: Framed[] = []
  for (let at = 0; at < input.length; at += piece) {
    found.push(...framer.feed(input.subarray(at, at + piece)))
    holds(framer.waiting <= LIMITS.maxHeadBytes + LIMITS.maxBodyBytes, 'keeps more than its limits')
  }
  return found
}

/** Where the stream broke, all that came is told of it: how much that is goes by the pieces. */
const told = (found: readonly Framed[]) =>
  JSON.stringify(found.map((one) => (one.kind === 'message' ? one.bytes.toString('latin1') : one.kind)))
