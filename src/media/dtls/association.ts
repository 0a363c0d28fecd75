import { createHash } from 'node:crypto'
import { CipherContext, DtlsServer, HashAlgorithm, NamedCurveAlgorithm, SignatureAlgorithm } from 'werift'
import type { SrtpKeys } from '../browser/browser-link.ts'
import type { Fingerprint } from '../engine.ts'
import { suites } from '../srtp/suite.ts'
import { isProved } from './proof.ts'
import { encryptedRecords } from './records.ts'

/** One session's DTLS, from the first record to the last. */
export interface Association {
  receive(datagram: Buffer): void
  close(): void
}

export interface AssociationEvents {
  send(datagram: Buffer): void
  keys(keys: SrtpKeys): void
  ended(why: string): void
}

/** Ours, made at the start and thrown away at the end: it is known by its fingerprint alone (RFC 5763 §5). */
export type Certificate = Awaited<ReturnType<typeof CipherContext.createSelfSignedCertificateWithKey>>

export const makeCertificate = (): Promise<Certificate> =>
  CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  )

/** RFC 8122 §5, of a certificate in PEM or DER; undefined for an algorithm that is too weak or not known. */
export function fingerprintOf(certificate: string | Buffer, algorithm = 'sha-256'): Fingerprint | undefined {
  if (!/^sha-(?:256|384|512)$/.test(algorithm)) return undefined
  const der =
    typeof certificate === 'string'
      ? Buffer.from(certificate.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64')
      : certificate
  const digest = createHash(algorithm.replace('-', '')).update(der).digest('hex')
  return { algorithm, value: digest.toUpperCase().match(/../g)?.join(':') ?? '' }
}

/** RFC 5764 §4.1.2: SRTP_AES128_CM_HMAC_SHA1_80, which each browser has (RFC 8827 §6.5) and which costs least. */
const PROFILE = 1
const SUITE = 'AES_CM_128_HMAC_SHA1_80'

/**
 * Waits for a handshake. Always as its server: as a client the library believes any server, as a server it leaves out a
 * proof that we can look at ourselves.
 * @param expected the fingerprint of the certificate that the other side must show
 */
export function associate(
  certificate: Certificate,
  expected: Fingerprint,
  events: AssociationEvents,
): Association {
  let state: 'shaking-hands' | 'done' | 'ended' = 'shaking-hands'
  const wire = {
    type: 'udp',
    address: { address: '', family: '', port: 0 },
    get closed() {
      return state === 'ended'
    },
    onData: (_records: Buffer, _from: readonly [string, number]) => {},
    async send(datagram: Buffer) {
      if (state !== 'ended') events.send(datagram)
    },
    async close() {},
  }
  const dtls = new DtlsServer({
    cert: certificate.certPem,
    key: certificate.keyPem,
    signatureHash: certificate.signatureHash,
    transport: wire,
    srtpProfiles: [PROFILE],
    extendedMasterSecret: true,
    certificateRequest: true,
  })
  const end = (why: string) => {
    if (state === 'ended') return
    state = 'ended'
    events.ended(why)
  }
  dtls.onConnect.subscribe(() => {
    if (state !== 'shaking-hands') return
    if (!isWhomItShouldBe(dtls, expected)) return end('not whom the session description names')
    if (dtls.srtp.srtpProfile !== PROFILE) return end('no SRTP profile in common')
    state = 'done'
    events.keys(keysOf(dtls))
  })
  dtls.onError.subscribe((error) => end(String(error)))
  dtls.onClose.subscribe(() => end('closed by the other side'))

  return {
    receive(datagram) {
      if (state === 'ended') return
      const records = state === 'done' ? encryptedRecords(datagram) : datagram
      if (records.length > 0) wire.onData(records, ['', 0])
    },
    close() {
      state = 'ended'
    },
  }
}

function keysOf(dtls: DtlsServer): SrtpKeys {
  const { keyBytes, saltBytes } = suites[SUITE]
  const { localKey, localSalt, remoteKey, remoteSalt } = dtls.extractSessionKeys(keyBytes, saltBytes)
  return {
    send: { suite: SUITE, key: localKey, salt: localSalt },
    receive: { suite: SUITE, key: remoteKey, salt: remoteSalt },
  }
}

/** RFC 5763 §5; RFC 7627 §5.2: the keys are those of this very handshake. */
function isWhomItShouldBe({ remoteCertificate, cipher, dtls }: DtlsServer, named: Fingerprint): boolean {
  const key = cipher.remoteKeyPair?.publicKey
  if (!remoteCertificate || !key || !dtls.remoteExtendedMasterSecret) return false
  if (fingerprintOf(remoteCertificate, named.algorithm)?.value !== named.value) return false
  return isProved(dtls.sortedHandshakeCache, remoteCertificate, key)
}
