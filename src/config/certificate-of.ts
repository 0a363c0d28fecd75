import type { CertificateChoice } from '../api/tls/open-certificate.ts'
import type { Config } from '../config.ts'
import { publicNames } from '../shared/public-names.ts'

/** Where the certificate for HTTPS and SIP by TLS comes from. */
export function certificateOf({
  certificate,
  certificateKey,
  acmeEmail,
  acmeDirectory,
  hostNames,
}: Config): CertificateChoice {
  if (certificate !== undefined && certificateKey !== undefined)
    return { kind: 'own', certFile: certificate, keyFile: certificateKey }
  if (acmeEmail === undefined) return { kind: 'generated' }
  return { kind: 'acme', email: acmeEmail, directory: acmeDirectory, names: publicNames(hostNames) }
}
