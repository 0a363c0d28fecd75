import { createHash } from 'node:crypto'

/** A hash that digest authentication may use, by its name in the challenge (RFC 8760 §2.1). */
export type DigestAlgorithm = 'SHA-256' | 'MD5'

/** What is kept of a password: for each algorithm the hash that RFC 7616 §3.4.2 calls H(A1), in lower-case hexadecimal. */
export type Credentials = Readonly<Record<DigestAlgorithm, string>>

/** Hashes a password for one realm; with it, and without the password, this user can be authenticated there. */
export function hashCredentials(user: string, realm: string, password: string): Credentials {
  const secret = `${user}:${realm}:${password}`
  return { 'SHA-256': digest('sha256', secret), MD5: digest('md5', secret) }
}

function digest(algorithm: 'sha256' | 'md5', text: string): string {
  return createHash(algorithm).update(text, 'utf8').digest('hex')
}
