import { buildResponse } from '../message/build.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import { acceptOf, allowEventsOf, allowOf, type Capabilities, supportedOf } from './capabilities.ts'

/** What we can do (RFC 3261 §11.2). */
export function answerOptions(request: SipRequest, capabilities: Capabilities, toTag?: string): SipResponse {
  return buildResponse(request, 200, {
    toTag,
    headers: [
      ['Allow', allowOf(capabilities)],
      ['Accept', acceptOf(capabilities)],
      ['Accept-Encoding', 'identity'],
      ['Supported', supportedOf(capabilities)],
      // RFC 6665 §4.4.4
      ...(capabilities.eventPackages.length > 0
        ? [['Allow-Events', allowEventsOf(capabilities)] as const]
        : []),
    ],
  })
}
