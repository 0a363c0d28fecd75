import { createHmac } from 'node:crypto'

const PREFIX = 'whsec_'
/** How long a secret may be, in bytes (Standard Webhooks). */
const [SHORTEST, LONGEST] = [24, 64]

/** A secret as Standard Webhooks writes it, of these bytes. */
export const webhookSecret = (bytes: Uint8Array): string =>
  `${PREFIX}${Buffer.from(bytes).toString('base64')}`

/** Whether it is one: `whsec_` and 24 to 64 bytes in base64. */
export function isWebhookSecret(text: string): boolean {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text)) return false
  const { length } = keyOf(text)
  return length >= SHORTEST && length <= LONGEST
}

/** The signature of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`. */
export function signWebhook(secret: string, id: string, timestamp: number, body: string): string {
  const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')
  return `v1,${mac}`
}

const keyOf = (secret: string) => Buffer.from(secret.slice(PREFIX.length), 'base64')
