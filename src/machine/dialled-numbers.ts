import { toE164 } from '../shared/telephone-number.ts'
import type { SipRequest } from '../sip/message/message.ts'
import { toOf } from '../sip/message/read.ts'
import { subscriberOf } from '../sip/message/subscriber.ts'
import type { Line } from '../store/model.ts'

/**
 * By which telephone numbers a line is called: those that its caller dialled, and its own, in E.164 where that is known. A
 * name or an extension is none.
 */
export function dialledNumbers(
  request: Pick<SipRequest, 'headers' | 'uri'>,
  line: Pick<Line, 'number' | 'account' | 'country' | 'areaCode'>,
): readonly string[] {
  const said = [
    subscriberOf(toOf(request)?.uri ?? ''),
    subscriberOf(request.uri),
    line.number,
    line.account?.user,
  ]
  return said.flatMap((number) => {
    const e164 = number && toE164(number, line)
    // Without a country, what is long enough to be one.
    return e164 || (number && /^\d{10,15}$/.test(number) ? number : [])
  })
}
