import { createHash } from 'node:crypto'

/** A hash that digest authentication may use with a phone, by its name in the challenge (RFC 8760 §2.1). */
export type DigestAlgorithm = 'SHA-256' | 'MD5'

/** What is kept of a phone's password: H(user:realm:password) for each algorithm, in lower-case hex. */
export type Credentials = Readonly<Record<DigestAlgorithm, string>>

/** The realm of a data directory in which none has been chosen. */
export const DEFAULT_REALM = 'answerphone'

/** Hashes a phone's password as digest authentication needs it: A1 of RFC 7616 §3.4.2, hashed. */
export function hashCredentials(user: string, realm: string, password: string): Credentials {
  const secret = `${user}:${realm}:${password}`
  return { 'SHA-256': digest('sha256', secret), MD5: digest('md5', secret) }
}

function digest(algorithm: 'sha256' | 'md5', text: string): string {
  return createHash(algorithm).update(text, 'utf8').digest('hex')
}
