import type { Capabilities } from '../agent/capabilities.ts'
import { allowEventsOf } from '../agent/capabilities.ts'
import type { Refusal } from '../agent/inspect.ts'
import { type EventName, eventOf } from '../message/event.ts'
import { expiresOf } from '../message/read.ts'
import type { ReceivedRequest } from '../transaction/layer.ts'

/** What a SUBSCRIBE asks for. */
export interface Wish {
  readonly event: EventName
  readonly expiresSeconds: number
}

/** Nobody may have us send NOTIFYs more often than this, in seconds. */
const LEAST_SECONDS = 60

/** A subscriber has to show once a day that it is there, whatever it asks for. */
const MOST_SECONDS = 86_400

/** Where a SUBSCRIBE has no Expires: an hour, in the packages that we know (RFC 3842 §3.4, RFC 4235 §3.4). */
const DEFAULT_SECONDS = 3600

/** Reads a SUBSCRIBE (RFC 6665 §4.2.1.1), or says why it is refused before our user hears of it. */
export function readSubscribe(request: ReceivedRequest, capabilities: Capabilities): Wish | Refusal {
  const event = eventOf(request)
  if (!event || !capabilities.eventPackages.includes(event.package.toLowerCase())) {
    return { status: 489, headers: [['Allow-Events', allowEventsOf(capabilities)]] }
  }
  const expires = expiresOf(request) ?? DEFAULT_SECONDS
  if (expires > 0 && expires < LEAST_SECONDS) {
    return { status: 423, headers: [['Min-Expires', String(LEAST_SECONDS)]] }
  }
  return { event, expiresSeconds: Math.min(expires, MOST_SECONDS) }
}
