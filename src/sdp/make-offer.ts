import { byNearness, type CodecName, FIRST_DYNAMIC, type Format, formats, isFormat } from './codec.ts'
import { type MediaSection, parseDescription } from './description.ts'
import { BROWSER_PROTOCOLS, browserAttributes } from './dtls.ts'
import type { LocalSide } from './local-side.ts'
import { USUAL_PTIME_MS } from './packet-time.ts'
import { offeredCryptos, offersKeys } from './sdes.ts'
import { audioSection, refusedSection, writeDescription } from './write-description.ts'

/** The payload types that our offers give to telephone-event, by its clock: those that most of the world uses. */
const EVENT_PAYLOAD_TYPES = { 8000: 101, 48000: 110 } as const

const FIRST_MID = '0'

/** Our offer of one audio stream that goes both ways (RFC 3264 §5); within a session, in the place that it has there. */
export function makeOffer(ours: LocalSide): Buffer {
  const { browser, codecs, preferred, sdes } = ours
  const ptimeMs = ours.ptimeMs ?? USUAL_PTIME_MS
  const spoken = codecs.filter((codec) => (formats[codec].ptimeMs ?? ptimeMs) === ptimeMs)
  const ordered = byNearness(spoken, preferred, (codec) => codec)
  // Keys in RTP/AVP leave it to the other side to use them; RTP/SAVP does not (RFC 4568 §4).
  const protocol = browser ? BROWSER_PROTOCOLS[0] : sdes?.use === 'required' ? 'RTP/SAVP' : undefined
  const offered = (before?: MediaSection) => {
    const payloadType = openPayloadTypes(before)
    const audio = ordered.map((codec) => ({
      codec,
      payloadType: payloadType(codec, formats[codec], formats[codec].payloadType),
    }))
    const events = clocksOf(ordered).map((clockRate) => ({
      clockRate,
      payloadType: payloadType('telephone-event', { clockRate, channels: 1 }, EVENT_PAYLOAD_TYPES[clockRate]),
    }))
    return {
      ...audioSection(ours, audio, events, 'sendrecv', before?.protocol ?? protocol),
      ...(!browser && offersKeys(sdes, before) && { crypto: offeredCryptos(sdes, before) }),
      ...(browser && browserAttributes(ours, browser, 'actpass', before ? before.mid : FIRST_MID)),
    }
  }
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

/** RFC 3264 §8.3.2: within a session a payload type keeps its meaning, and none has two. */
function openPayloadTypes(before: MediaSection | undefined) {
  const taken = new Set(before?.payloadTypes)
  return (name: string, format: Pick<Format, 'clockRate' | 'channels'>, usual: number): number => {
    const known = before?.payloadTypes.find((payloadType) => isFormat(before, payloadType, name, format))
    if (known !== undefined) return known
    let free = usual
    if (usual >= FIRST_DYNAMIC && taken.has(usual)) for (free = FIRST_DYNAMIC; taken.has(free); ) free++
    taken.add(free)
    return free
  }
}

/** The clocks that the codecs have. */
const clocksOf = (codecs: readonly CodecName[]) =>
  ([8000, 48_000] as const).filter((clock) => codecs.some((codec) => formats[codec].clockRate === clock))
