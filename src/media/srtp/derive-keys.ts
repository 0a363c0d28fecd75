import { createCipheriv } from 'node:crypto'
import { type MasterKey, type Suite, suites } from './suite.ts'

/** The session keys of RTP or of RTCP. */
export interface SessionKeys {
  readonly encryption: Buffer
  /** Empty where the cipher authenticates by itself. */
  readonly authentication: Buffer
  readonly salt: Buffer
}

/** RFC 3711 §4.3.1, table: the labels of RTP are 0 to 2, those of RTCP 3 to 5. */
const FIRST_LABEL = { rtp: 0, rtcp: 3 } as const

/** Derives session keys from a master key (RFC 3711 §4.3), once and for all: the key derivation rate is 0. */
export function deriveKeys(master: MasterKey, of: keyof typeof FIRST_LABEL): SessionKeys {
  const { keyBytes, saltBytes, authKeyBytes } = sizesOf(master)
  const label = FIRST_LABEL[of]
  return {
    encryption: derive(master, label, keyBytes),
    authentication: derive(master, label + 1, authKeyBytes),
    salt: derive(master, label + 2, saltBytes),
  }
}

function sizesOf({ suite, key, salt }: MasterKey): Suite {
  const sizes = suites[suite]
  if (key.length !== sizes.keyBytes || salt.length !== sizes.saltBytes)
    throw new Error(`${suite} needs a key of ${sizes.keyBytes} bytes and a salt of ${sizes.saltBytes}`)
  return sizes
}

/** The keystream of AES in counter mode that begins at (label ‖ 0^48) XOR salt, times 2^16 (RFC 3711 §4.3.3, RFC 6188 §3). */
function derive({ key, salt }: MasterKey, label: number, byteCount: number): Buffer {
  // RFC 7714 §11: a salt of 96 bits counts from the left, too.
  const start = Buffer.alloc(16)
  start.set(salt)
  start[7] = (start[7] ?? 0) ^ label
  return createCipheriv(`aes-${8 * key.length}-ctr`, key, start).update(Buffer.alloc(byteCount))
}
