import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'

/** A certificate with its chain, and its key, as TLS takes them: PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** Where the certificate comes from: files of the owner's, an authority by ACME, or this machine itself. */
export interface CertificateSource extends Disposable {
  /** That of now. */
  readonly current: Certificate
  /** It was replaced: connections from now on shall get the new one. */
  onReplaced: (certificate: Certificate) => void
  /** The root that browsers have to be told to trust, PEM; undefined where they know the issuer. */
  readonly root: string | undefined
  /** Answers an authority that looks whether a name is ours (RFC 8555 §8.3). Undefined: it asked for nothing of ours. */
  challenge(token: string): string | undefined
}

/** The ends of a certificate's life, ms since the epoch. */
export function lifeOf({ cert }: Pick<Certificate, 'cert'>): { readonly from: number; readonly to: number } {
  const { validFrom, validTo } = new X509Certificate(cert)
  return { from: Date.parse(validFrom), to: Date.parse(validTo) }
}

/** Whether two thirds of its life are over, or it has not begun: then it is time for the next. */
export function isDue(certificate: Pick<Certificate, 'cert'>, now: number): boolean {
  const { from, to } = lifeOf(certificate)
  return now < from || now > from + ((to - from) * 2) / 3
}

/** Whether it is for all of these names and addresses. */
export function covers({ cert }: Pick<Certificate, 'cert'>, names: readonly string[]): boolean {
  const certificate = new X509Certificate(cert)
  return names.every((name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)))
}
