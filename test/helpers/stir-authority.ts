import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { CompactSign } from 'jose'

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 24 * 3600_000

/** A certificate with its key. */
export interface Signed {
  readonly pem: string
  readonly certificate: X509Certificate
  readonly keys: webcrypto.CryptoKeyPair
}

export interface CertificateParts {
  readonly issuer?: Signed
  readonly authority?: boolean
  /** Its key may sign certificates; an authority's may, unless given. */
  readonly signsCertificates?: boolean
  readonly pathLength?: number
  /** DER of the extension; undefined: it has none. */
  readonly tnAuthList?: Uint8Array
  readonly notBefore?: number
  readonly notAfter?: number
  readonly curve?: 'P-256' | 'P-384'
}

/** Makes the certificates and tokens of STIR (RFC 8226, RFC 8225), right ones and wrong ones. `now`: wall time. */
export async function makeCertificate(name: string, now: number, parts: CertificateParts): Promise<Signed> {
  const algorithm = { ...EC, namedCurve: parts.curve ?? 'P-256' }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { authority = false, signsCertificates = authority } = parts
  const extensions = [
    new BasicConstraintsExtension(authority, parts.pathLength, true),
    new KeyUsagesExtension(
      signsCertificates ? KeyUsageFlags.keyCertSign : KeyUsageFlags.digitalSignature,
      true,
    ),
    ...(parts.tnAuthList ? [new Extension('1.3.6.1.5.5.7.1.26', false, parts.tnAuthList)] : []),
  ]
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: parts.issuer?.certificate.subject ?? `CN=${name}`,
    notBefore: new Date(parts.notBefore ?? now - DAY_MS),
    notAfter: new Date(parts.notAfter ?? now + DAY_MS),
    publicKey: keys.publicKey,
    signingKey: parts.issuer?.keys.privateKey ?? keys.privateKey,
    signingAlgorithm: EC,
    extensions,
  })
  return { pem: certificate.toString('pem'), certificate: new X509Certificate(certificate.rawData), keys }
}

/** A root, and a provider whose code it knows: what most tests need. */
export async function makeAuthority(
  now: number,
): Promise<{ readonly root: Signed; readonly provider: Signed }> {
  const root = await makeCertificate('Root', now, { authority: true })
  const provider = await makeCertificate('Provider', now, { issuer: root, tnAuthList: spcList('1234') })
  return { root, provider }
}

const ia5 = (text: string) => [0x16, text.length, ...Buffer.from(text)]
const list = (tag: number, inner: readonly number[]) =>
  Uint8Array.from([0x30, inner.length + 2, tag, inner.length, ...inner])

/** TNAuthList with a provider's code. */
export const spcList = (code: string) => list(0xa0, ia5(code))
/** With one number. */
export const oneNumberList = (number: string) => list(0xa2, ia5(number))
/** With this number, and as many as `count` says. */
export const rangeList = (start: string, count: number) => {
  const inner = [...ia5(start), 0x02, 0x02, count >> 8, count & 0xff]
  return list(0xa1, [0x30, inner.length, ...inner])
}

/** The value of an Identity header. */
export async function identityHeader(
  signer: Signed,
  options: {
    readonly x5u: string
    readonly claims: object
    readonly header?: object
    readonly ppt?: string
    readonly alg?: string
  },
): Promise<string> {
  const { x5u, claims, ppt = 'shaken' } = options
  const header = { alg: 'ES256', typ: 'passport', ppt, x5u, ...options.header }
  const jwt = await new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader(header)
    .sign(signer.keys.privateKey)
  return `${jwt};info=<${x5u}>;alg=${options.alg ?? 'ES256'};ppt="${ppt}"`
}
