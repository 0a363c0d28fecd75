import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DtlsClient } from 'werift'
import type { SrtpKeys } from '../../src/media/browser/browser-link.ts'
import { type Certificate, fingerprintOf, makeCertificate } from '../../src/media/dtls/association.ts'
import type { Handshakes } from '../../src/media/dtls/handshakes.ts'
import { startHandshakes } from '../../src/media/dtls/start-handshakes.ts'
import type { Fingerprint } from '../../src/media/engine.ts'
import { eventually, sleep } from '../helpers/processes.ts'

type Changes = (record: Buffer) => Buffer | undefined

/** Handshakes on their thread, before a client that may be somebody else than it says. */
describe('DTLS handshakes', () => {
  const told: { session: number; keys?: SrtpKeys; why?: string }[] = []
  const clients = new Map<number, (datagram: Buffer) => void>()
  let handshakes: Handshakes
  let theirs: Certificate
  let named: Fingerprint
  let sessions = 0

  beforeAll(async () => {
    handshakes = startHandshakes({
      send: (session, datagram) => clients.get(session)?.(Buffer.from(datagram)),
      keys: (session, keys) => told.push({ session, keys }),
      ended: (session, why) => told.push({ session, why }),
      died() {},
    })
    theirs = await makeCertificate()
    named = fingerprintOf(theirs.certPem) as Fingerprint
    expect((await handshakes.fingerprint).value).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  })
  afterAll(() => handshakes.close())

  /** A client's handshake. @param change what it sends, on the way */
  function connect(expected: Fingerprint, certificate = theirs, change: Changes = (record) => record) {
    const session = ++sessions
    handshakes.begin(session, expected)
    const send = (datagram: Buffer) => {
      const changed = change(datagram)
      if (changed) handshakes.receive(session, changed)
    }
    const wire = {
      type: 'udp',
      address: { address: '', family: '', port: 0 },
      closed: false,
      onData: (_data: Buffer, _from: readonly [string, number]) => {},
      send: async (datagram: Buffer) => send(datagram),
      async close() {},
    }
    const client = new DtlsClient({
      cert: certificate.certPem,
      key: certificate.keyPem,
      signatureHash: certificate.signatureHash,
      transport: wire,
      srtpProfiles: [1],
      extendedMasterSecret: true,
    })
    clients.set(session, (datagram) => wire.onData(datagram, ['', 0]))
    client.connect().catch(() => {})
    const outcome = () => eventually(async () => told.find((one) => one.session === session))
    return { session, client, send, outcome }
  }

  it('RFC 5764 §4.2: give both sides the same keys', async () => {
    const { client, outcome } = connect(named)
    const { keys } = await outcome()
    const { localKey, localSalt, remoteKey, remoteSalt } = client.extractSessionKeys(16, 14)
    const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')
    expect([hex(keys?.receive.key), hex(keys?.receive.salt)]).toEqual([hex(localKey), hex(localSalt)])
    expect([hex(keys?.send.key), hex(keys?.send.salt)]).toEqual([hex(remoteKey), hex(remoteSalt)])
    expect(keys?.send.suite).toBe('AES_CM_128_HMAC_SHA1_80')
  })

  it('RFC 5763 §5: give no keys to a certificate that was not named', async () => {
    const { outcome } = connect({ algorithm: 'sha-256', value: named.value.replace(/^../, '00') })
    expect(await outcome()).toMatchObject({ why: expect.stringContaining('not whom') })
  })

  it('RFC 8122 §5: give none to a certificate named by a weak fingerprint', async () => {
    const { outcome } = connect({ algorithm: 'sha-1', value: named.value.slice(0, 59) })
    expect(await outcome()).toMatchObject({ why: expect.stringContaining('not whom') })
  })

  it('RFC 5246 §7.4.8: give none to whoever shows the right certificate without having its key', async () => {
    const other = await makeCertificate()
    const { outcome } = connect(named, { ...theirs, keyPem: other.keyPem })
    expect(await outcome()).toMatchObject({ why: expect.stringContaining('not whom') })
  })

  it('RFC 6347 §4.1.2.7: what comes in the clear afterwards, an alert or a new beginning, is ignored', async () => {
    const { session, send, outcome } = connect(named)
    await outcome()
    const record = (type: number, body: string) => {
      const bytes = Buffer.from(`${type.toString(16)}fefd000000000000000900${'00'}${body}`, 'hex')
      bytes.writeUInt16BE(bytes.length - 13, 11)
      return bytes
    }
    send(record(0x15, '0100'))
    send(record(0x16, '0100000000000000000000'))
    send(Buffer.alloc(3, 0x16))
    await sleep(200)
    expect(told.filter((one) => one.session === session)).toHaveLength(1)
  })

  it('a thousand bytes of anything before a handshake end nothing', async () => {
    const { send, outcome } = connect(named)
    for (let fill = 0; fill < 40; fill++) send(Buffer.alloc(1000, fill + 20))
    expect(await outcome()).toHaveProperty('keys')
  })
})
