import { type DialogReference, parseDialogReference } from '../message/dialog-reference.ts'
import type { SipRequest } from '../message/message.ts'
import type { Capabilities } from './capabilities.ts'

/** What an INVITE wants of another dialog of ours. */
export interface References {
  readonly replaces?: DialogReference
  readonly join?: DialogReference
}

const NONE: References = {}

/**
 * Replaces (RFC 3891 §3) and Join (RFC 3911 §4) of a request. `broken` is to be answered with 400: one that can't be
 * read, one that comes twice, both at once, or one outside of an INVITE. A header whose extension we don't list is
 * passed over, as any header that we don't know (RFC 3261 §8.2.2).
 */
export function referencesOf(request: SipRequest, { extensions }: Capabilities): References | 'broken' {
  const valuesOf = (name: 'Replaces' | 'Join') =>
    extensions.includes(name.toLowerCase()) ? request.headers.all(name) : []
  const replacing = valuesOf('Replaces')
  const joining = valuesOf('Join')
  const [value] = [...replacing, ...joining]
  if (value === undefined) return NONE
  const reference = parseDialogReference(value)
  if (!reference || replacing.length + joining.length > 1 || request.method !== 'INVITE') return 'broken'
  return replacing.length > 0 ? { replaces: reference } : { join: { ...reference, earlyOnly: false } }
}
