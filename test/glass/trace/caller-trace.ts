import type { InMemoryHouse } from '../../helpers/in-memory-house.ts'
import { nameRtcpTokens } from './name-rtcp-tokens.ts'
import { nameRtpTokens } from './name-rtp-tokens.ts'
import { nameSipTokens } from './name-sip-tokens.ts'
import { tokenNames } from './token-names.ts'

/** Where a caller hears: its address, and the two ports that it gave. RTCP comes on the port above `rtpPort`. */
export interface CallerPlace {
  readonly address: string
  readonly sipPort: number
  readonly rtpPort: number
}

/**
 * All that reached a caller, a line for each message and packet, in the order of arrival: the instant to the microsecond, from where
 * and to where, and every byte but for the random tokens, which are named (`<tag 1>`). Two calls that a caller can't
 * tell apart give the same lines.
 * @param since the call's first instant, `clock.monotonic()`; what came before is not the call's
 */
export function traceOf(
  house: Pick<InMemoryHouse, 'network' | 'rtp'>,
  place: CallerPlace,
  since: number,
): readonly string[] {
  const names = tokenNames()
  const { address, sipPort, rtpPort } = place
  const heard: { readonly at: number; line(): string }[] = []
  for (const { from, to, arrivesAt, text } of house.network.trace) {
    if (to.address !== address || to.port !== sipPort) continue
    for (const at of arrivesAt)
      heard.push({
        at,
        line: () => `SIP  ${from.address}:${from.port} → :${to.port}\n${nameSipTokens(text, names)}`,
      })
  }
  for (const { at, from, to, bytes } of house.rtp.carried) {
    if (to.address !== address || (to.port !== rtpPort && to.port !== rtpPort + 1)) continue
    const rtcp = to.port !== rtpPort
    const name = rtcp ? nameRtcpTokens : nameRtpTokens
    heard.push({
      at,
      line: () =>
        `${rtcp ? 'RTCP' : 'RTP '} ${from.address}:${names.port(from.port)} → :${to.port} ${name(bytes, names)}`,
    })
  }
  return heard
    .filter(({ at }) => at >= since)
    .sort((a, b) => a.at - b.at)
    .map(({ at, line }) => `+${(at - since).toFixed(3).padStart(10)} ms ${line()}`)
}
