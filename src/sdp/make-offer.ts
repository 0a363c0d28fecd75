import { STATIC_PAYLOAD_TYPES } from './codec.ts'
import type { LocalSide } from './local-side.ts'
import { audioSection, writeDescription } from './write-description.ts'

/** The payload type that our offers give to telephone-event: the one that most of the world uses. */
const EVENT_PAYLOAD_TYPE = 101

/** Our offer of one audio stream that goes both ways (RFC 3264 §5). */
export function makeOffer(ours: LocalSide): Buffer {
  const formats = ours.codecs.map((codec) => ({ codec, payloadType: STATIC_PAYLOAD_TYPES[codec] }))
  return writeDescription(ours, [audioSection(ours, formats, EVENT_PAYLOAD_TYPE, 'sendrecv')])
}
