import { type CodecName, formats, isFormat } from './codec.ts'
import { type MediaSection, parseDescription } from './description.ts'
import { BROWSER_PROTOCOLS, browserAttributes } from './dtls.ts'
import type { LocalSide } from './local-side.ts'
import { offeredCryptos, offersKeys } from './sdes.ts'
import { audioSection, type EventFormat, refusedSection, writeDescription } from './write-description.ts'

/** The payload types that our offers give to telephone-event, by its clock: those that most of the world uses. */
const EVENT_PAYLOAD_TYPES = { 8000: 101, 48000: 110 } as const

const FIRST_MID = '0'

/** Our offer of one audio stream that goes both ways (RFC 3264 §5); within a session, in the place that it has there. */
export function makeOffer(ours: LocalSide): Buffer {
  const { browser, codecs, preferred, sdes } = ours
  const ordered = codecs.toSorted((a, b) => Number(b === preferred) - Number(a === preferred))
  // Keys in RTP/AVP leave it to the other side to use them; RTP/SAVP does not (RFC 4568 §4).
  const protocol = browser ? BROWSER_PROTOCOLS[0] : sdes?.use === 'required' ? 'RTP/SAVP' : undefined
  const offered = (before?: MediaSection) => ({
    ...audioSection(
      ours,
      ordered.map((codec) => ({ codec, payloadType: payloadTypeOf(codec, before) })),
      eventsFor(ordered, before),
      'sendrecv',
      before?.protocol ?? protocol,
    ),
    ...(!browser && offersKeys(sdes, before) && { crypto: offeredCryptos(sdes, before) }),
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
function payloadTypeOf(codec: CodecName, before: MediaSection | undefined): number {
  const known = before?.payloadTypes.find((payloadType) =>
    isFormat(before, payloadType, codec, formats[codec]),
  )
  return known ?? formats[codec].payloadType
}

/** One for each clock that the codecs have. */
function eventsFor(codecs: readonly CodecName[], before: MediaSection | undefined): EventFormat[] {
  const clocks = ([8000, 48_000] as const).filter((clock) =>
    codecs.some((codec) => formats[codec].clockRate === clock),
  )
  return clocks.map((clockRate) => {
    const known = before?.payloadTypes.find((payloadType) =>
      isFormat(before, payloadType, 'telephone-event', { clockRate, channels: 1 }),
    )
    return { payloadType: known ?? EVENT_PAYLOAD_TYPES[clockRate], clockRate }
  })
}
