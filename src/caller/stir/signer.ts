import 'reflect-metadata'
import type { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  X509Certificate,
} from '@peculiar/x509'
import { readTnAuthList, TN_AUTH_LIST, type TnAuthList } from './tn-auth-list.ts'

/** Who may sign, by a certificate that leads to one of ours. */
export interface Signer {
  readonly key: webcrypto.CryptoKey
  /** When all certificates up to the root are valid: wall time in ms. */
  readonly notBefore: number
  readonly notAfter: number
  readonly mayVouchFor: TnAuthList
}

const ES256 = { name: 'ECDSA', namedCurve: 'P-256' } as const
/** RFC 8226 §5 knows a root, maybe an intermediate, and the signer; some have one more. */
const LONGEST_CHAIN = 5

/** All certificates in a PEM text; empty when there is none. Throws when one is broken. */
export function readCertificates(pem: string): readonly X509Certificate[] {
  return PemConverter.decodeWithHeaders(pem)
    .filter(({ type }) => type === PemConverter.CertificateTag)
    .map(({ rawData }) => new X509Certificate(rawData))
}

/**
 * The signer of a certificate file: its first certificate, for which the others lead to one of the roots (RFC 5280 §6.1:
 * names, signatures, authority, path lengths). Undefined when nobody vouches for it, or it may sign for no number.
 * Revocation is not looked up. When the certificates are valid is told, not judged.
 */
export async function findSigner(
  pem: string,
  roots: readonly X509Certificate[],
): Promise<Signer | undefined> {
  const [leaf, ...others] = readCertificates(pem).slice(0, LONGEST_CHAIN)
  const extension = leaf?.getExtension(TN_AUTH_LIST)
  if (!leaf || !extension) return undefined
  const mayVouchFor = readTnAuthList(new Uint8Array(extension.value))
  if (!mayVouchFor || isAuthority(leaf)) return undefined
  const chain = await chainOf(leaf, others, roots)
  if (!chain) return undefined
  return {
    // Only a P-256 key can be imported so (RFC 8225 §4.1).
    key: (await leaf.publicKey.export(ES256, ['verify'])) as webcrypto.CryptoKey,
    notBefore: Math.max(...chain.map((one) => one.notBefore.getTime())),
    notAfter: Math.min(...chain.map((one) => one.notAfter.getTime())),
    mayVouchFor,
  }
}

/** From the leaf to the root. */
async function chainOf(
  leaf: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
): Promise<readonly X509Certificate[] | undefined> {
  const chain = [leaf]
  for (let last = leaf; chain.length <= LONGEST_CHAIN; ) {
    const root = await issuerOf(last, roots, chain.length - 1)
    if (root) return [...chain, root]
    const next = await issuerOf(last, others, chain.length - 1)
    if (!next || chain.includes(next)) return undefined
    chain.push(next)
    last = next
  }
  return undefined
}

async function issuerOf(
  certificate: X509Certificate,
  among: readonly X509Certificate[],
  below: number,
): Promise<X509Certificate | undefined> {
  for (const issuer of among) {
    if (issuer.subject !== certificate.issuer || !mayIssue(issuer, below)) continue
    if (await certificate.verify({ publicKey: issuer, signatureOnly: true }).catch(() => false)) return issuer
  }
  return undefined
}

/** RFC 5280 §4.2.1.3, §4.2.1.9: `below` intermediates stand between it and the leaf. */
function mayIssue(issuer: X509Certificate, below: number): boolean {
  const limits = issuer.getExtension(BasicConstraintsExtension)
  const usage = issuer.getExtension(KeyUsagesExtension)
  if (!limits?.ca || (limits.pathLength !== undefined && limits.pathLength < below)) return false
  return usage === null || (usage.usages & KeyUsageFlags.keyCertSign) !== 0
}

const isAuthority = (certificate: X509Certificate) =>
  certificate.getExtension(BasicConstraintsExtension)?.ca === true
