import { readdirSync, readFileSync } from 'node:fs'
import { readRegister } from '../../../src/owner/registrar/read-register.ts'
import { digestsIn } from '../../../src/sip/auth/digest-header.ts'
import { readInfoDigit } from '../../../src/sip/info-digit.ts'
import { buildResponse } from '../../../src/sip/message/build.ts'
import { parseDialogReference } from '../../../src/sip/message/dialog-reference.ts'
import { eventOf } from '../../../src/sip/message/event.ts'
import type { SipMessage } from '../../../src/sip/message/message.ts'
import { parseMessage } from '../../../src/sip/message/parse.ts'
import * as readers from '../../../src/sip/message/read.ts'
import { serialize } from '../../../src/sip/message/serialize.ts'
import { subscriberOf } from '../../../src/sip/message/subscriber.ts'
import { parseSipUri } from '../../../src/sip/message/uri.ts'
import { validateRequest, validateResponse } from '../../../src/sip/message/validate.ts'
import type { Source } from '../../../src/sip/transport/transport.ts'
import { holds, type Target } from '../target.ts'

const folder = new URL('../../torture/', import.meta.url)

const OURS = { address: '192.0.2.2', port: 5060 }
const SOURCE: Source = { transport: 'udp', address: '192.0.2.7', port: 5060, local: OURS }

/** Messages that are hard to read, and some that must not be. */
export const tortureMessages: readonly Buffer[] = readdirSync(folder)
  .filter((name) => /\.(sip|dat)$/.test(name))
  .map((name) => readFileSync(new URL(name, folder)))
  .filter(({ length }) => length > 0 && length < 2000)

/** A datagram is read as a user agent reads it, and answered by what can be read again (RFC 3261 §7, §8.2.6). */
export const sipMessage: Target = {
  name: 'sip-message',
  shape: 'text',
  seeds: tortureMessages,
  open: async () => ({ take: receiveMessage }),
}

/** Does with bytes what a user agent does with a datagram. */
export function receiveMessage(bytes: Buffer): void {
  parseMessage(bytes, 'stream')
  const parsed = parseMessage(bytes, 'datagram')
  const message = parsed.ok ? parsed.message : parsed.failure.request
  if (message === undefined) return
  readAll(message)
  if (message.kind === 'response') return void validateResponse(message)
  const refusal = validateRequest(message)
  if (refusal === undefined) readRegister({ ...message, source: SOURCE }, 'desk')
  const response = buildResponse(message, refusal?.status ?? 200, { toTag: 'ours' })
  const again = parseMessage(serialize(response), 'stream')
  if (!again.ok || again.message.kind !== 'response') throw new Error('our response can not be read')
  const isSound = parsed.ok && refusal === undefined
  holds(
    !isSound || validateResponse(again.message) === undefined,
    'our response to a sound request is not sound',
  )
}

/** Reads everything that can be read of a message. */
function readAll(message: SipMessage): void {
  readers.topVia(message)
  readers.tagOf(readers.fromOf(message))
  readers.tagOf(readers.toOf(message))
  readers.contactsOf(message)
  readers.cseqOf(message)
  readers.callIdOf(message)
  readers.maxForwardsOf(message)
  readers.routesOf(message)
  readers.recordRoutesOf(message)
  readers.optionTags(message, 'Supported')
  readers.expiresOf(message)
  readers.contentTypeOf(message)
  eventOf(message)
  for (const name of ['Authorization', 'WWW-Authenticate']) digestsIn(message.headers.values(name))
  for (const name of ['Replaces', 'Join', 'Referred-By'])
    for (const value of message.headers.values(name)) parseDialogReference(value)
  if (message.kind === 'response') return
  parseSipUri(message.uri)
  subscriberOf(message.uri)
  readInfoDigit({ contentType: readers.contentTypeOf(message) ?? '', bytes: message.body })
}
