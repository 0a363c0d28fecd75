import { formats } from './codec.ts'
import { type MediaSection, parseDescription } from './description.ts'
import { BROWSER_PROTOCOLS, browserAttributes } from './dtls.ts'
import type { LocalSide } from './local-side.ts'
import { audioSection, refusedSection, writeDescription } from './write-description.ts'

/** The payload type that our offers give to telephone-event: the one that most of the world uses. */
const EVENT_PAYLOAD_TYPE = 101

const FIRST_MID = '0'

/** Our offer of one audio stream that goes both ways (RFC 3264 §5); within a session, in the place that it has there. */
export function makeOffer(ours: LocalSide): Buffer {
  const { browser, codecs, preferred } = ours
  const ordered = codecs.toSorted((a, b) => Number(b === preferred) - Number(a === preferred))
  const audio = ordered.map((codec) => ({ codec, payloadType: formats[codec].payloadType }))
  const protocol = browser && BROWSER_PROTOCOLS[0]
  const offered = (before?: MediaSection) => ({
    ...audioSection(ours, audio, eventPayloadType(before), 'sendrecv', before?.protocol ?? protocol),
    ...(browser && browserAttributes(ours, browser, 'actpass', before ? before.mid : FIRST_MID)),
  })
  const last = ours.previous && parseDescription(ours.previous)
  const place = typeof last === 'object' ? last.media.findIndex(({ port }) => port !== 0) : -1
  if (typeof last !== 'object' || place === -1)
    return writeDescription(ours, [offered()], undefined, browser && FIRST_MID)
  // RFC 3264 §8: no m-line of the session goes away.
  return writeDescription(
    ours,
    last.media.map((section, index) => (index === place ? offered(section) : refusedSection(ours, section))),
    last.timing,
    last.media[place]?.bundled ? last.media[place]?.mid : undefined,
  )
}

/** RFC 3264 §8.3.2: within a session a payload type keeps its meaning. */
function eventPayloadType(before: MediaSection | undefined): number {
  for (const [payloadType, { name }] of before?.encodings ?? [])
    if (name === 'TELEPHONE-EVENT') return payloadType
  return EVENT_PAYLOAD_TYPE
}
