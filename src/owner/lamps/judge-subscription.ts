import type { IncomingSubscription } from '../../sip/endpoint.ts'
import { parseParams } from '../../sip/message/params.ts'
import { parseSipUri, type SipUri } from '../../sip/message/uri.ts'
import { DIALOG_INFO_TYPE } from './dialog-info.ts'
import type { Resource } from './lamps.ts'
import { MESSAGE_SUMMARY_TYPE } from './message-summary.ts'

/** What a SUBSCRIBE wants to watch, or how it is refused. */
export type Judgement =
  | {
      readonly kind: 'granted'
      readonly event: LampEvent
      /** The user part of the Request-URI. */
      readonly user: string
      /** The Request-URI: the domain by which the phone knows us. */
      readonly domain: SipUri
      readonly resource: Resource
      /** Only the dialog with this Call-ID (RFC 4235 §3.2). */
      readonly callId?: string
    }
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly headers: readonly (readonly [name: string, value: string])[]
    }

export type LampEvent = 'message-summary' | 'dialog'

const TYPES: Readonly<Record<LampEvent, string>> = {
  'message-summary': MESSAGE_SUMMARY_TYPE,
  dialog: DIALOG_INFO_TYPE,
}

const isLampEvent = (event: string): event is LampEvent => Object.hasOwn(TYPES, event)

/** Judges a SUBSCRIBE of a phone that has proved who it is. What is not hers is refused as what does not exist. */
export function judgeSubscription(
  { event, request }: Pick<IncomingSubscription, 'event' | 'request'>,
  resourceOf: (user: string) => Resource | undefined,
): Judgement {
  if (!isLampEvent(event)) return refuse(489) // RFC 6665 §8.3.2; the endpoint names what there is
  const accepted = request.headers.values('Accept')
  if (accepted.length > 0 && !accepted.some((range) => accepts(range, TYPES[event]))) {
    return refuse(406, ['Accept', TYPES[event]])
  }
  const domain = parseSipUri(request.uri)
  const user = domain?.user
  const resource = user === undefined ? undefined : resourceOf(user)
  if (domain === undefined || user === undefined || resource === undefined) return refuse(404)
  if (resource.switch !== undefined && event !== 'dialog') return refuse(404)
  const callId = event === 'dialog' ? eventParam(request.headers.first('Event'), 'call-id') : undefined
  return { kind: 'granted', event, user, domain, resource, ...(callId !== undefined && { callId }) }
}

function refuse(status: number, ...headers: (readonly [string, string])[]): Judgement {
  return { kind: 'refused', status, headers }
}

/** Whether a media range (RFC 3261 §20.1) allows this type. */
function accepts(range: string, type: string): boolean {
  const bare = (range.split(';', 1)[0] ?? '').replaceAll(/\s/g, '').toLowerCase()
  return bare === '*/*' || bare === type || bare === 'application/*'
}

function eventParam(event: string | undefined, name: string): string | undefined {
  const from = event?.indexOf(';') ?? -1
  return event === undefined || from === -1 ? undefined : parseParams(event, from)?.get(name)
}
