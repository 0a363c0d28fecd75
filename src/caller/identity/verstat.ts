import type { Attestation } from '../../shared/attestation.ts'
import type { Headers } from '../../sip/message/headers.ts'
import type { IdentityHeaders } from './read-headers.ts'

/** 3GPP TS 24.229 §7.2A.20, with the level that some append: `TN-Validation-Passed-A`. */
const VERSTAT = /^(tn-validation-passed|tn-validation-failed|no-tn-validation)(?:-([abc]))?$/

/**
 * What the provider found out about the number, by its own word: `verstat` beside the number, P-Asserted-Identity's
 * before From's, and `P-Attestation-Indicator` (ATIS-1000074 is often shown so) for the level. Anybody can write that:
 * it counts only on lines whose provider is known to take it out of what others send.
 */
export function readVerstat({ asserted, from }: IdentityHeaders, headers: Headers): Attestation | null {
  const named = [...asserted, ...(from ? [from] : [])]
  for (const { party } of named) {
    const [, word, appended] = VERSTAT.exec(party.verstat?.toLowerCase() ?? '') ?? []
    if (word === undefined) continue
    const verdict =
      word === 'tn-validation-passed' ? 'passed' : word === 'tn-validation-failed' ? 'failed' : 'none'
    const level = verdict === 'passed' ? levelOf(appended ?? indicated(headers)) : null
    return { verdict, level, by: 'verstat' }
  }
  return null
}

const indicated = (headers: Headers) => headers.first('P-Attestation-Indicator')?.slice(0, 8)

function levelOf(text: string | undefined): Attestation['level'] {
  const level = text?.trim().toUpperCase()
  return level === 'A' || level === 'B' || level === 'C' ? level : null
}
