import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import { openAcmeCertificate } from './acme-certificate.ts'
import type { CertificateSource } from './certificate.ts'
import { openGeneratedCertificate } from './generated-certificate.ts'
import { openOwnCertificate } from './own-certificate.ts'

/** Which certificate: files of one's own, an authority's, or one that this machine makes. */
export type CertificateChoice =
  | { readonly kind: 'own'; readonly certFile: string; readonly keyFile: string }
  | {
      readonly kind: 'acme'
      readonly email: string
      readonly directory: string
      readonly names: readonly string[]
    }
  | { readonly kind: 'generated' }

export interface CertificateOptions {
  readonly choice: CertificateChoice
  /** Where made and fetched ones are kept, with their keys. */
  readonly dir: string
  /** The names under which browsers reach the page. */
  readonly hostNames: readonly string[]
  readonly clock: Clock
  readonly log: Log
}

/** Rejects with AP_CERTIFICATE_UNUSABLE. */
export async function openCertificate(options: CertificateOptions): Promise<CertificateSource> {
  const { choice, dir, hostNames, clock, log } = options
  if (choice.kind === 'own') return openOwnCertificate({ ...choice, clock, log })
  const generated = await openGeneratedCertificate({ dir, names: hostNames, clock, log })
  return choice.kind === 'acme'
    ? openAcmeCertificate({ ...choice, dir, meanwhile: generated, clock, log })
    : generated
}
