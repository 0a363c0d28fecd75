import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import ipaddr from 'ipaddr.js'
import type { Certificate } from './certificate.ts'

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 24 * 3600_000
/** Clocks of phones may be a little behind. */
const EARLIER_MS = DAY_MS
const ROOT_DAYS = 3650
/** Browsers take no longer ones. */
const LEAF_DAYS = 397

/** Makes a root that signs nothing but this machine's own certificates. `name` is what lists of authorities show. */
export async function makeRoot(name: string, now: number): Promise<Certificate> {
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }, { O: ['Answerphone'] }],
    notBefore: new Date(now - EARLIER_MS),
    notAfter: new Date(now + ROOT_DAYS * DAY_MS),
    keys,
    signingAlgorithm: EC,
    extensions: [
      // RFC 5280 §4.2.1.9: no authority below it.
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { cert: certificate.toString('pem'), key: await pemOf(keys.privateKey) }
}

/** Makes a certificate for these names and addresses, signed by the root. */
export async function makeLeaf(
  root: Certificate,
  names: readonly string[],
  now: number,
): Promise<Certificate> {
  const issuer = new X509Certificate(root.cert)
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(root.key),
    EC,
    false,
    ['sign'],
  )
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.create({
    subject: [{ CN: ['Answerphone'] }],
    issuer: issuer.subject,
    notBefore: new Date(now - EARLIER_MS),
    notAfter: new Date(now - EARLIER_MS + LEAF_DAYS * DAY_MS),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: EC,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      // RFC 5280 §4.2.1.6: browsers look here, no more at the common name.
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: ipaddr.isValid(value) ? 'ip' : 'dns', value })),
      ),
      await AuthorityKeyIdentifierExtension.create(issuer),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { cert: certificate.toString('pem'), key: await pemOf(keys.privateKey) }
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')
}
