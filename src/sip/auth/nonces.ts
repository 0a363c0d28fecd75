import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'
import type { Random } from '../../shared/random.ts'

/** How long a nonce may be used. */
const LIVE_MS = 5 * 60_000
/** Nonces of which it is remembered how often they were used. */
const MOST_USED = 10_000

const TIME_BYTES = 6
const SALT_BYTES = 6
const MAC_BYTES = 16
const NONCE_BYTES = TIME_BYTES + SALT_BYTES + MAC_BYTES

export interface NonceOptions {
  readonly clock: Clock
  readonly random: Random
  /** How many used nonces are remembered; 10,000 unless given. */
  readonly mostUsed?: number | undefined
}

/** A nonce of ours that came back from where it was sent to. */
export interface OwnNonce {
  readonly text: string
  /** `clock.monotonic()` of its making, in whole ms. */
  readonly madeAt: number
}

/**
 * Nonces of Digest (RFC 7616 §5.4) that cost nothing until somebody proves that he knows a password: a nonce carries
 * its time and a seal over that time and the address that it was made for, so that nothing is kept of those that are
 * handed out. One that is used is kept until it has run out, lest a response be sent again by somebody who overheard it.
 */
export interface Nonces {
  make(address: string): string
  /** Undefined when it is not of our making, or was made for another address. */
  recognise(text: string, address: string): OwnNonce | undefined
  /** Uses it with this count (`nc`); false when it is too old, or was used with this count or a higher one already. */
  use(nonce: OwnNonce, count: number): boolean
}

export function createNonces({ clock, random, mostUsed = MOST_USED }: NonceOptions): Nonces {
  const key = Buffer.from(random.bytes(32))
  /** By text: the highest count, in the order of first use. */
  const used = new Map<string, { readonly madeAt: number; count: number }>()
  /** Nonces up to this time that are not in `used` may have been in it, and forgotten. */
  let forgottenUntil = Number.NEGATIVE_INFINITY

  const sealOf = (head: Buffer, address: string) =>
    createHmac('sha256', key).update(head).update(address).digest().subarray(0, MAC_BYTES)

  function forget(): void {
    const now = clock.monotonic()
    for (const [text, { madeAt }] of used) {
      const over = now - madeAt > LIVE_MS
      if (!over && used.size < mostUsed) return
      used.delete(text)
      if (!over) forgottenUntil = Math.max(forgottenUntil, madeAt)
    }
  }

  return {
    make(address) {
      const head = Buffer.alloc(TIME_BYTES + SALT_BYTES)
      head.writeUIntBE(Math.floor(clock.monotonic()), 0, TIME_BYTES)
      // Two phones behind one address may ask in the same millisecond; they must not share a count.
      random.bytes(SALT_BYTES).copy(head, TIME_BYTES)
      return Buffer.concat([head, sealOf(head, address)]).toString('base64url')
    },

    recognise(text, address) {
      const bytes = Buffer.from(text, 'base64url')
      if (bytes.length !== NONCE_BYTES || bytes.toString('base64url') !== text) return undefined
      const head = bytes.subarray(0, TIME_BYTES + SALT_BYTES)
      if (!timingSafeEqual(bytes.subarray(head.length), sealOf(head, address))) return undefined
      return { text, madeAt: head.readUIntBE(0, TIME_BYTES) }
    },

    use({ text, madeAt }, count) {
      // A count that is no number is none.
      if (!(count >= 1) || clock.monotonic() - madeAt > LIVE_MS) return false
      const known = used.get(text)
      if (known) {
        if (count <= known.count) return false
        known.count = count
        return true
      }
      if (madeAt <= forgottenUntil) return false
      forget()
      used.set(text, { madeAt, count })
      return true
    },
  }
}
