import { createHmac } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { SrtpKeys } from '../../src/media/browser/browser-link.ts'
import type { HandshakeEvents, StartHandshakes } from '../../src/media/dtls/handshakes.ts'
import type { DtlsSecurity } from '../../src/media/engine.ts'
import type { Endpoint } from '../../src/media/rtp/latch.ts'
import { MAX_OVERHEAD, Protector } from '../../src/media/srtp/protector.ts'
import type { MasterKey } from '../../src/media/srtp/suite.ts'
import { Unprotector } from '../../src/media/srtp/unprotector.ts'
import type { Carried, MemoryRtp } from './memory-rtp.ts'

export const browserSecurity: DtlsSecurity = {
  kind: 'dtls',
  ice: {
    local: { usernameFragment: 'lampglow', password: 'kitchentabletkitchentablet' },
    remote: { usernameFragment: 'iuh0', password: 'keyLnYHMze1dq4rwoT8QFT7U' },
  },
  fingerprint: { algorithm: 'sha-256', value: '90:9B' },
}

/** The session description of a browser that begins the handshake; it names no candidate, as early ones do. */
export function describeBrowser(
  user: string,
  version: number,
  direction: string,
  fingerprint = browserSecurity.fingerprint,
): string {
  const { ice } = browserSecurity
  return [
    'v=0',
    `o=${user} 1 ${version} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 0 101',
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${ice.remote.usernameFragment}`,
    `a=ice-pwd:${ice.remote.password}`,
    `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`,
    'a=setup:active',
    'a=mid:0',
    'a=rtcp-mux',
    'a=rtpmap:101 telephone-event/8000',
    `a=${direction}`,
    '',
  ].join('\r\n')
}

export interface CheckOptions {
  readonly nominate?: boolean
  readonly password?: string
  readonly username?: string
  /** More attributes: type and value. */
  readonly more?: readonly (readonly [number, Buffer])[]
  readonly fingerprint?: boolean
}

/** A connectivity check as a browser sends it (RFC 8445 §7.2.2). */
export function makeCheck(options: CheckOptions = {}): Buffer {
  const { local, remote } = browserSecurity.ice
  const { nominate = true, password = local.password, more = [], fingerprint = true } = options
  const { username = `${local.usernameFragment}:${remote.usernameFragment}` } = options
  const attributes = [
    attribute(0x0006, Buffer.from(username)),
    attribute(0x0024, Buffer.from('6e0001ff', 'hex')),
    ...(nominate ? [attribute(0x0025, Buffer.alloc(0))] : []),
    ...more.map(([type, value]) => attribute(type, value)),
  ]
  const body = Buffer.concat(attributes)
  const head = Buffer.from(`0001${'0000'}2112a442${'c0ffee'.repeat(4)}`, 'hex')
  head.writeUInt16BE(body.length + 24, 2)
  const mac = createHmac('sha1', password).update(head).update(body).digest()
  const signed = Buffer.concat([head, body, attribute(0x0008, mac)])
  if (!fingerprint) return signed
  signed.writeUInt16BE(signed.length - 20 + 8, 2)
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE((crc32(signed) ^ 0x5354_554e) >>> 0)
  return Buffer.concat([signed, attribute(0x8028, crc)])
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + 4 * Math.ceil(value.length / 4))
  padded.writeUInt16BE(type)
  padded.writeUInt16BE(value.length, 2)
  value.copy(padded, 4)
  return padded
}

/** Handshakes that the test carries out by hand. */
export interface ScriptedHandshakes {
  readonly start: StartHandshakes
  /** What was asked for, in order: `begin 1`, `1 hello`, `end 1`. */
  readonly log: string[]
  /** Of those that were started last. */
  readonly events: HandshakeEvents
  /** How often they were started. */
  readonly starts: number
}

export function scriptedHandshakes(): ScriptedHandshakes {
  const log: string[] = []
  let events: HandshakeEvents | undefined
  let starts = 0
  return {
    log,
    get starts() {
      return starts
    },
    get events() {
      if (!events) throw new Error('no handshakes were started')
      return events
    },
    start(told) {
      events = told
      starts++
      return {
        fingerprint: Promise.resolve({ algorithm: 'sha-256', value: `0${starts}` }),
        begin: (session, { value }) => log.push(`begin ${session} ${value}`),
        receive: (session, datagram) => log.push(`${session} ${Buffer.from(datagram)}`),
        end: (session) => log.push(`end ${session}`),
        async close() {
          log.push('close')
        },
      }
    },
  }
}

const keyOf = (fill: number): MasterKey => ({
  suite: 'AES_CM_128_HMAC_SHA1_80',
  key: Buffer.alloc(16, fill),
  salt: Buffer.alloc(14, fill),
})

/** The keys of a handshake as our side has them. */
export const srtpKeys: SrtpKeys = { send: keyOf(1), receive: keyOf(2) }

/** The media of a browser on a wire in memory, with the other halves of `srtpKeys`. */
export class ScriptedBrowser {
  readonly #wire: MemoryRtp
  readonly #ours: Endpoint
  readonly #protector = new Protector(srtpKeys.receive)
  readonly #unprotector = new Unprotector(srtpKeys.send)
  readonly at: Endpoint

  /** @param ours the session's port */
  constructor(wire: MemoryRtp, at: Endpoint, ours: Endpoint) {
    this.#wire = wire
    this.#ours = ours
    this.at = at
  }

  inject(bytes: Buffer, from: Endpoint = this.at): void {
    this.#wire.inject(from, this.#ours, bytes)
  }

  check(options?: CheckOptions, from?: Endpoint): void {
    this.inject(makeCheck(options), from)
  }

  sendRtp(packet: Buffer, from?: Endpoint): Buffer {
    const into = Buffer.alloc(packet.length + MAX_OVERHEAD)
    const bytes = into.subarray(0, this.#protector.rtp(packet, packet.length, into))
    this.inject(bytes, from)
    return bytes
  }

  sendRtcp(packet: Buffer): void {
    const into = Buffer.alloc(packet.length + MAX_OVERHEAD)
    this.inject(into.subarray(0, this.#protector.rtcp(packet, packet.length, into)))
  }

  /** All that came to this place, as it was on the wire. */
  came(at: Endpoint = this.at): Carried[] {
    return this.#wire.carried.filter(({ to }) => to.port === at.port && to.address === at.address)
  }

  /** What came since it was called last, decrypted: RTP and RTCP. */
  opened(at?: Endpoint): { readonly rtp: Buffer[]; readonly rtcp: Buffer[] } {
    const opened = { rtp: [] as Buffer[], rtcp: [] as Buffer[] }
    for (const { bytes } of this.came(at)) {
      if ((bytes[0] ?? 0) >> 6 !== 2) continue
      const copy = Buffer.from(bytes)
      const isRtcp = (copy[1] ?? 0) >= 192 && (copy[1] ?? 0) <= 223
      const length = isRtcp
        ? this.#unprotector.rtcp(copy, copy.length)
        : this.#unprotector.rtp(copy, copy.length)
      if (length > 0) opened[isRtcp ? 'rtcp' : 'rtp'].push(copy.subarray(0, length))
    }
    return opened
  }
}
