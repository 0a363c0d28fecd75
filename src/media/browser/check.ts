import { crc32 } from 'node:zlib'
import type { Endpoint } from '../rtp/latch.ts'
import { AF_INET, writeSocketAddress } from '../socket/socket-address.ts'
import type { HmacSha1 } from '../srtp/hmac-sha1.ts'

const BINDING_REQUEST = 0x0001
const BINDING_SUCCESS = 0x0101
const BINDING_ERROR = 0x0111
const COOKIE = 0x2112_a442
const HEADER_BYTES = 20
const MAC_BYTES = 20
const FINGERPRINT_MASK = 0x5354_554e

/** RFC 8489 §14, RFC 8445 §16.1 */
const ATTRIBUTE = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  unknownAttributes: 0x000a,
  xorMappedAddress: 0x0020,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  iceControlled: 0x8029,
} as const
/** Attributes below this must be understood (RFC 8489 §14). */
const OPTIONAL_FROM = 0x8000
const UNDERSTOOD: readonly number[] = Object.values(ATTRIBUTE)
/** More than any check has: what has more is not looked at. */
const MAX_ATTRIBUTES = 32

/** A connectivity check (RFC 8445 §7.3): a Binding request that was signed with our password. */
export interface Check {
  readonly transactionId: Buffer
  /** Our username fragment, a colon, theirs. */
  readonly username: string
  /** USE-CANDIDATE: the other side has chosen the way that this came. */
  readonly nominates: boolean
  /** The other side takes itself for the controlled one. */
  readonly controlled: boolean
  /** What must be understood and is not. */
  readonly unknown: readonly number[]
}

/**
 * Reads a check; undefined for everything else, and for what is not signed by `mac`, the HMAC under our password. That
 * is not answered at all: a media port tells strangers nothing (RFC 8489 §9.1.3 would have 401).
 */
export function readCheck(bytes: Buffer, length: number, mac: HmacSha1): Check | undefined {
  if (length < HEADER_BYTES || length % 4 !== 0) return undefined
  if (bytes.readUInt16BE(0) !== BINDING_REQUEST || bytes.readUInt32BE(4) !== COOKIE) return undefined
  if (bytes.readUInt16BE(2) !== length - HEADER_BYTES) return undefined
  let username: string | undefined
  let nominates = false
  let controlled = false
  let signed = false
  const unknown: number[] = []
  for (let at = HEADER_BYTES, count = 0; at < length; count++) {
    if (count === MAX_ATTRIBUTES) return undefined
    const type = bytes.readUInt16BE(at)
    const size = bytes.readUInt16BE(at + 2)
    const start = at + 4
    const end = start + size
    if (end > length) return undefined
    at = start + 4 * Math.ceil(size / 4)
    if (type === ATTRIBUTE.fingerprint) {
      // RFC 8489 §14.7: the last attribute.
      if (size !== 4 || at !== length || bytes.readUInt32BE(start) !== fingerprintOf(bytes, start - 4))
        return undefined
    } else if (signed) {
    } else if (type === ATTRIBUTE.messageIntegrity) {
      if (size !== MAC_BYTES || !isSigned(bytes, start, mac)) return undefined
      signed = true
    } else if (type === ATTRIBUTE.username) username = bytes.toString('utf8', start, end)
    else if (type === ATTRIBUTE.useCandidate) nominates = true
    else if (type === ATTRIBUTE.iceControlled) controlled = true
    else if (type < OPTIONAL_FROM && !UNDERSTOOD.includes(type)) unknown.push(type)
  }
  if (!signed || username === undefined) return undefined
  return { transactionId: Buffer.from(bytes.subarray(8, 20)), username, nominates, controlled, unknown }
}

/** The answer to a check: where it came from (RFC 8445 §7.3.1.2). */
export function writeSuccess({ transactionId }: Check, source: Endpoint, mac: HmacSha1): Buffer {
  return write(
    BINDING_SUCCESS,
    transactionId,
    [[ATTRIBUTE.xorMappedAddress, mapped(source, transactionId)]],
    mac,
  )
}

/** The answer to a check that can't be taken (RFC 8489 §14.8). */
export function writeFailure(check: Check, code: 420 | 487, reason: string, mac: HmacSha1): Buffer {
  const { transactionId, unknown } = check
  const text = Buffer.concat([Buffer.from([0, 0, Math.floor(code / 100), code % 100]), Buffer.from(reason)])
  const attributes: [number, Buffer][] = [[ATTRIBUTE.errorCode, text]]
  if (code === 420)
    attributes.push([
      ATTRIBUTE.unknownAttributes,
      Buffer.from(unknown.flatMap((type) => [type >> 8, type & 0xff])),
    ])
  return write(BINDING_ERROR, transactionId, attributes, mac)
}

/** The signature at `macAt` is that of the message up to it, whose length then ends with it (RFC 8489 §14.5). */
function isSigned(bytes: Buffer, macAt: number, mac: HmacSha1): boolean {
  const wanted = signature(bytes, macAt - 4, mac)
  return wanted.equals(bytes.subarray(macAt, macAt + MAC_BYTES))
}

function signature(bytes: Buffer, end: number, mac: HmacSha1): Buffer {
  const length = bytes.readUInt16BE(2)
  bytes.writeUInt16BE(end - HEADER_BYTES + 4 + MAC_BYTES, 2)
  const digest = Buffer.alloc(MAC_BYTES)
  mac.sign(bytes, end, digest, 0, MAC_BYTES)
  bytes.writeUInt16BE(length, 2)
  return digest
}

const fingerprintOf = (bytes: Buffer, end: number): number =>
  (crc32(bytes.subarray(0, end)) ^ FINGERPRINT_MASK) >>> 0

function write(
  type: number,
  transactionId: Buffer,
  attributes: readonly (readonly [number, Buffer])[],
  mac: HmacSha1,
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt16BE(type)
  header.writeUInt32BE(COOKIE, 4)
  transactionId.copy(header, 8)
  const plain = Buffer.concat([header, ...attributes.map(([kind, value]) => attribute(kind, value))])
  const signed = Buffer.concat([
    plain,
    attribute(ATTRIBUTE.messageIntegrity, signature(plain, plain.length, mac)),
  ])
  signed.writeUInt16BE(signed.length - HEADER_BYTES + 8, 2)
  const fingerprint = Buffer.alloc(4)
  fingerprint.writeUInt32BE(fingerprintOf(signed, signed.length))
  return Buffer.concat([signed, attribute(ATTRIBUTE.fingerprint, fingerprint)])
}

function attribute(type: number, value: Buffer): Buffer {
  const whole = Buffer.alloc(4 + 4 * Math.ceil(value.length / 4))
  whole.writeUInt16BE(type)
  whole.writeUInt16BE(value.length, 2)
  value.copy(whole, 4)
  return whole
}

/** RFC 8489 §14.2: the address, and port, under the cookie and the transaction's id. */
function mapped(source: Endpoint, transactionId: Buffer): Buffer {
  const raw = writeSocketAddress(source)
  const v4 = raw.readUInt16LE(0) === AF_INET
  const address = v4 ? raw.subarray(4, 8) : raw.subarray(8, 24)
  const key = Buffer.alloc(16)
  key.writeUInt32BE(COOKIE)
  transactionId.copy(key, 4)
  const value = Buffer.alloc(4 + address.length)
  value[1] = v4 ? 1 : 2
  value.writeUInt16BE(source.port ^ (COOKIE >>> 16), 2)
  for (const [i, byte] of address.entries()) value[4 + i] = byte ^ (key[i] ?? 0)
  return value
}
