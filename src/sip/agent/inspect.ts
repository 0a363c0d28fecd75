import { targetOf } from '../dialog/dialog.ts'
import type { SipRequest } from '../message/message.ts'
import { contentTypeOf, optionTags } from '../message/read.ts'
import { acceptOf, allowOf, type Capabilities, refuseMethod } from './capabilities.ts'
import { referencesOf } from './references.ts'

/** A final response that refuses a request. */
export interface Refusal {
  readonly status: number
  readonly headers?: readonly (readonly [name: string, value: string])[]
}

/** Requests whose body is a session description. */
const DESCRIBES_SESSION: ReadonlySet<string> = new Set(['INVITE', 'UPDATE', 'PRACK'])

/**
 * What a user agent has to refuse whatever the call is about, in the order of RFC 3261 §8.2: the method, the extensions,
 * the body. Undefined when nothing is in the way.
 */
export function inspect(request: SipRequest, capabilities: Capabilities): Refusal | undefined {
  return (
    inspectMethod(request, capabilities) ??
    inspectRequire(request, capabilities) ??
    inspectReferences(request, capabilities) ??
    (DESCRIBES_SESSION.has(request.method) ? inspectSession(request, capabilities) : undefined)
  )
}

/** RFC 3261 §8.2.1 */
function inspectMethod({ method }: SipRequest, capabilities: Capabilities): Refusal | undefined {
  const status = refuseMethod(method, capabilities)
  return status && { status, headers: [['Allow', allowOf(capabilities)]] }
}

/** RFC 3261 §8.2.2.3. Proxy-Require is for proxies. */
function inspectRequire(request: SipRequest, { extensions }: Capabilities): Refusal | undefined {
  const unknown = optionTags(request, 'Require').filter((tag) => !extensions.includes(tag))
  return unknown.length > 0 ? { status: 420, headers: [['Unsupported', unknown.join(', ')]] } : undefined
}

/** RFC 3891 §3, RFC 3911 §4 */
function inspectReferences(request: SipRequest, capabilities: Capabilities): Refusal | undefined {
  return referencesOf(request, capabilities) === 'broken' ? { status: 400 } : undefined
}

function inspectSession(request: SipRequest, capabilities: Capabilities): Refusal | undefined {
  // RFC 3261 §8.1.1.8: an INVITE has exactly one Contact, or there is nothing to make a dialog with.
  if (request.method === 'INVITE' && targetOf(request) === undefined) return { status: 400 }
  // RFC 3261 §21.4.7: the caller would not understand our session description.
  const accepted = request.headers.values('Accept')
  if (accepted.length > 0 && !accepted.some((range) => matches(range, capabilities.bodyTypes)))
    return { status: 406 }
  return inspectBody(request, capabilities)
}

/** RFC 3261 §8.2.3 */
function inspectBody(request: SipRequest, capabilities: Capabilities): Refusal | undefined {
  if (request.body.length === 0) return undefined
  if (!isRequired(request)) return undefined
  const encodings = request.headers.values('Content-Encoding')
  if (encodings.some((encoding) => encoding.toLowerCase() !== 'identity'))
    return { status: 415, headers: [['Accept-Encoding', 'identity']] }
  if (!carriesSession(request, capabilities))
    return { status: 415, headers: [['Accept', acceptOf(capabilities)]] }
  return undefined
}

/** Whether the body is a session description that we read: of an accepted type, and meant as one. */
export function carriesSession(request: SipRequest, { bodyTypes }: Capabilities): boolean {
  if (request.body.length === 0) return false
  const type = contentTypeOf(request)
  const [disposition = 'session'] = (request.headers.first('Content-Disposition') ?? 'session').split(';', 1)
  return type !== undefined && bodyTypes.includes(type) && disposition.trim().toLowerCase() === 'session'
}

/** RFC 3261 §20.11: a body that we don't understand may be passed over only with `handling=optional`. */
function isRequired(request: SipRequest): boolean {
  return !/;\s*handling\s*=\s*"?optional\b/i.test(request.headers.first('Content-Disposition') ?? '')
}

function matches(range: string, types: readonly string[]): boolean {
  const [bare = ''] = range.split(';', 1)
  const wanted = bare.replaceAll(/\s/g, '').toLowerCase()
  if (wanted === '*/*') return true
  return types.some((type) => type === wanted || wanted === `${type.split('/', 1)[0]}/*`)
}
