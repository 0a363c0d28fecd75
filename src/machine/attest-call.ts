import type { Stir } from '../caller/stir/open-stir.ts'
import type { CallerFacts } from '../rules/caller-facts.ts'
import type { Attestation } from '../shared/attestation.ts'
import type { SipRequest } from '../sip/message/message.ts'
import type { Line } from '../store/model.ts'
import { dialledNumbers } from './dialled-numbers.ts'

/**
 * What the signature under a caller's number is worth, found out beside the call, which waits for nothing of it. Null:
 * nothing is certain, or nobody checks.
 */
export async function attestCall(
  stir: Stir | undefined,
  request: SipRequest,
  { caller, line, at }: { readonly caller: CallerFacts; readonly line: Line; readonly at: number },
): Promise<Attestation | null> {
  const shown = caller.e164 ?? caller.number
  // Of a number that is withheld nobody is told that it is his.
  if (stir === undefined || shown === null) return null
  return stir.verify(request, { caller: shown, dialled: dialledNumbers(request, line), at })
}
