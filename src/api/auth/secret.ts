import { createHash, timingSafeEqual } from 'node:crypto'
import type { Random } from '../../shared/random.ts'

/** A secret of 256 bits for a token, a session or a link. */
export function makeSecret(random: Random): string {
  return random.bytes(32).toString('base64url')
}

/**
 * SHA-256, hex: what is kept of a secret. A secret of 256 random bits needs no slow hash; nobody can guess it.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Compares without telling by the time taken where they differ. */
export function isSame(given: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(given)), Buffer.from(hashSecret(right)))
}
