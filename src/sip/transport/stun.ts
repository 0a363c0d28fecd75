import { crc32 } from 'node:zlib'
import ipaddr from 'ipaddr.js'
import type { SocketAddress } from './transport.ts'

/** STUN on a SIP port (RFC 5389; RFC 5626 §4.4.2, §8): Binding, without credentials, and nothing else. */

const HEADER_BYTES = 20
const MAGIC_COOKIE = 0x2112a442
const BINDING_REQUEST = 0x0001
const BINDING_SUCCESS = 0x0101
const BINDING_ERROR = 0x0111

const ERROR_CODE = 0x0009
const UNKNOWN_ATTRIBUTES = 0x000a
const XOR_MAPPED_ADDRESS = 0x0020
const FINGERPRINT = 0x8028
const FINGERPRINT_XOR = 0x5354554e
const FINGERPRINT_BYTES = 8

/**
 * Attributes below 0x8000 that RFC 5389 §18.2 knows. Where they have no business in a request they are passed over (§15),
 * credentials as well: nobody here asks for any.
 */
const KNOWN: ReadonlySet<number> = new Set([
  0x0001, // MAPPED-ADDRESS
  0x0006, // USERNAME
  0x0008, // MESSAGE-INTEGRITY
  ERROR_CODE,
  UNKNOWN_ATTRIBUTES,
  0x0014, // REALM
  0x0015, // NONCE
  XOR_MAPPED_ADDRESS,
])

interface Attributes {
  /** Types of those that must be understood (RFC 5389 §15) and are not, each once. */
  readonly unknown: readonly number[]
  /** The value of XOR-MAPPED-ADDRESS; undefined where there is none. */
  readonly mapped: Buffer | undefined
  readonly fingerprint: boolean
}

/** Tells STUN from SIP, whose messages begin with a letter: two zero bits, and the cookie (RFC 5626 §8, RFC 5389 §8). */
export function isStun(bytes: Buffer): boolean {
  return bytes.length >= HEADER_BYTES && (bytes[0] ?? 0xff) < 0x40 && bytes.readUInt32BE(4) === MAGIC_COOKIE
}

/**
 * The answer to a Binding request: where it came from (RFC 5389 §10.1, §15.2), or 420 when it holds what we should
 * understand and don't (§7.3.1). Undefined for all else, which is dropped in silence (§7.3). With the headers of IP and
 * UDP it is less than twice as long as the request, so it serves nobody to flood a third party.
 */
export function answerBinding(bytes: Buffer, from: SocketAddress): Buffer | undefined {
  if (!isStun(bytes) || bytes.readUInt16BE(0) !== BINDING_REQUEST) return undefined
  const attributes = readAttributes(bytes)
  if (!attributes) return undefined
  const { unknown, fingerprint } = attributes
  const transaction = bytes.subarray(4, HEADER_BYTES)
  return unknown.length > 0
    ? compose(BINDING_ERROR, transaction, fingerprint, [
        attribute(ERROR_CODE, Buffer.from('\0\0\x04\x14Unknown Attribute', 'latin1')),
        attribute(UNKNOWN_ATTRIBUTES, Buffer.concat(unknown.map(uint16))),
      ])
    : compose(BINDING_SUCCESS, transaction, fingerprint, [
        attribute(XOR_MAPPED_ADDRESS, xorAddress(from, transaction)),
      ])
}

/** A Binding request of ours (RFC 8489 §5); `id` has 12 bytes that nobody can guess. */
export function bindingRequest(id: Buffer): Buffer {
  const cookie = Buffer.alloc(4)
  cookie.writeUInt32BE(MAGIC_COOKIE)
  return compose(BINDING_REQUEST, Buffer.concat([cookie, id]), false, [])
}

/**
 * What an answer to it says: which request, and where that came from (RFC 8489 §14.2). Undefined for all else; an answer
 * without an address that we can read is one that sees us nowhere.
 */
export function readBinding(
  bytes: Buffer,
): { readonly id: string; readonly seen: SocketAddress | undefined } | undefined {
  if (!isStun(bytes)) return undefined
  const type = bytes.readUInt16BE(0)
  const attributes = type === BINDING_SUCCESS || type === BINDING_ERROR ? readAttributes(bytes) : undefined
  if (!attributes) return undefined
  const id = bytes.toString('hex', 8, HEADER_BYTES)
  const mapped = type === BINDING_SUCCESS ? attributes.mapped : undefined
  return { id, seen: mapped && readXorAddress(mapped, bytes.subarray(4, HEADER_BYTES)) }
}

/** The reverse of `xorAddress`. */
function readXorAddress(value: Buffer, transaction: Buffer): SocketAddress | undefined {
  const size = { 1: 4, 2: 16 }[value[1] ?? 0]
  if (size === undefined || value.length !== 4 + size) return undefined
  const port = value.readUInt16BE(2) ^ (MAGIC_COOKIE >>> 16)
  const plain = value.subarray(4).map((byte, at) => byte ^ (transaction[at] ?? 0))
  return { address: ipaddr.fromByteArray([...plain]).toString(), port }
}

/** Undefined when the lengths do not fit, or the fingerprint is wrong or not the last (RFC 5389 §7.3, §15.5). */
function readAttributes(bytes: Buffer): Attributes | undefined {
  if (bytes.length % 4 !== 0 || bytes.readUInt16BE(2) !== bytes.length - HEADER_BYTES) return undefined
  const unknown = new Set<number>()
  let mapped: Buffer | undefined
  let at = HEADER_BYTES
  while (at < bytes.length) {
    const type = bytes.readUInt16BE(at)
    const length = bytes.readUInt16BE(at + 2)
    const end = at + 4 + padded(length)
    if (end > bytes.length) return undefined
    if (type === FINGERPRINT) {
      const right =
        end === bytes.length && bytes.subarray(at, end).equals(fingerprintOf(bytes.subarray(0, at)))
      return right ? { unknown: [...unknown], mapped, fingerprint: true } : undefined
    }
    // Of two the first counts (§15).
    if (type === XOR_MAPPED_ADDRESS) mapped ??= bytes.subarray(at + 4, at + 4 + length)
    if (type < 0x8000 && !KNOWN.has(type)) unknown.add(type)
    at = end
  }
  return { unknown: [...unknown], mapped, fingerprint: false }
}

function compose(
  type: number,
  transaction: Buffer,
  fingerprint: boolean,
  attributes: readonly Buffer[],
): Buffer {
  const body = Buffer.concat(attributes)
  const length = body.length + (fingerprint ? FINGERPRINT_BYTES : 0)
  const message = Buffer.concat([uint16(type), uint16(length), transaction, body])
  return fingerprint ? Buffer.concat([message, fingerprintOf(message)]) : message
}

/** RFC 5389 §15.5: over all that stands before it; the length in the header has counted it in already. */
function fingerprintOf(before: Buffer): Buffer {
  const value = Buffer.alloc(4)
  value.writeUInt32BE((crc32(before) ^ FINGERPRINT_XOR) >>> 0)
  return attribute(FINGERPRINT, value)
}

/** The value of XOR-MAPPED-ADDRESS (RFC 5389 §15.2). `transaction` is the cookie and the transaction id. */
function xorAddress({ address, port }: SocketAddress, transaction: Buffer): Buffer {
  const plain = Buffer.from(ipaddr.parse(address).toByteArray())
  const family = plain.length === 4 ? 0x01 : 0x02
  const hidden = plain.map((byte, at) => byte ^ (transaction[at] ?? 0))
  return Buffer.concat([Buffer.from([0, family]), uint16(port ^ (MAGIC_COOKIE >>> 16)), hidden])
}

function attribute(type: number, value: Buffer): Buffer {
  return Buffer.concat([
    uint16(type),
    uint16(value.length),
    value,
    Buffer.alloc(padded(value.length) - value.length),
  ])
}

function padded(length: number): number {
  return (length + 3) & ~3
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
