import type { Attestation } from '../../../src/api/contract.ts'
import { words } from '../i18n/words.ts'
import './caller.css'

/** Whether the number is verified. Most calls come without, which is no reason to say anything. */
export function Attested({ attestation }: { readonly attestation: Attestation | null }) {
  const t = words.value.caller
  switch (attestation?.verdict) {
    case 'passed':
      return <span class="attested">{t.passed(attestation.level)}</span>
    case 'failed':
      return <span class="badge">{t.failed}</span>
    default:
      return null
  }
}
