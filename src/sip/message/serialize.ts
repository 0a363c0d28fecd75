import { headerKey } from './header-names.ts'
import type { SipMessage } from './message.ts'
import { encodeWire } from './wire-text.ts'

/** The bytes of a message, with the Content-Length that its body has (RFC 3261 §20.14), as the last header. */
export function serialize(message: SipMessage): Buffer {
  let head =
    message.kind === 'request'
      ? `${message.method} ${encodeWire(message.uri)} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${encodeWire(message.reason)}\r\n`
  for (const [name, wire] of message.headers.wire()) {
    if (headerKey(name) !== 'content-length') head += `${name}: ${wire}\r\n`
  }
  head += `Content-Length: ${message.body.length}\r\n\r\n`

  const bytes = Buffer.allocUnsafe(head.length + message.body.length)
  bytes.write(head, 0, 'latin1')
  message.body.copy(bytes, head.length)
  return bytes
}
