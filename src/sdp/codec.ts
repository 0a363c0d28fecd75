import type { MediaSection } from './description.ts'

/** Audio formats that we negotiate. */
export type CodecName = 'PCMU' | 'PCMA'

export const CLOCK_RATE = 8000

/** RFC 3551 table 4: the formats' fixed payload types, which need no rtpmap. */
export const STATIC_PAYLOAD_TYPES: Readonly<Record<CodecName, number>> = { PCMU: 0, PCMA: 8 }

/** A format of a media section: what it stands for, under which payload type. */
export interface Choice {
  readonly codec: CodecName
  readonly payloadType: number
  /** Telephone-event with the codec's clock rate (RFC 4733 §2.4.1 wants them equal). */
  readonly eventPayloadType?: number
}

/** The section's first format that is among `codecs` (RFC 3264 §6.1: the offer lists them in order of preference). */
export function chooseCodec(section: MediaSection, codecs: readonly CodecName[]): Choice | undefined {
  let chosen: { codec: CodecName; payloadType: number } | undefined
  let eventPayloadType: number | undefined
  for (const payloadType of section.payloadTypes) {
    const name = nameOf(section, payloadType)
    const codec = codecs.find((known) => known === name)
    if (codec !== undefined) chosen ??= { codec, payloadType }
    else if (name === 'TELEPHONE-EVENT') eventPayloadType ??= payloadType
  }
  if (chosen === undefined) return undefined
  return eventPayloadType === undefined ? chosen : { ...chosen, eventPayloadType }
}

/** The encoding name in upper case, when it has our clock rate and one channel. */
function nameOf(section: MediaSection, payloadType: number): string | undefined {
  const mapped = section.encodings.get(payloadType)
  if (mapped !== undefined)
    return mapped.clockRate === CLOCK_RATE && mapped.channels === 1 ? mapped.name : undefined
  return Object.entries(STATIC_PAYLOAD_TYPES).find(([, fixed]) => fixed === payloadType)?.[0]
}
