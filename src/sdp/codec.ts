import type { MediaSection } from './description.ts'

/** Audio formats that we negotiate. */
export type CodecName = 'PCMU' | 'PCMA' | 'G722'

/** All that we speak, the best first; what a session takes of it, `chooseCodec` says. */
export const SPOKEN: readonly CodecName[] = ['G722', 'PCMU', 'PCMA']

interface Format {
  /** That of the rtpmap: for G722 half of the samples that there are (RFC 3551 §4.5.2). */
  readonly clockRate: number
  /** RFC 3551 table 4: fixed, so that no rtpmap is needed. */
  readonly payloadType: number
}

export const formats: Readonly<Record<CodecName, Format>> = {
  PCMU: { clockRate: 8000, payloadType: 0 },
  PCMA: { clockRate: 8000, payloadType: 8 },
  G722: { clockRate: 8000, payloadType: 9 },
}

/** A format of a media section: what it stands for, under which payload type. */
export interface Choice {
  readonly codec: CodecName
  readonly payloadType: number
  /** Telephone-event with the codec's clock rate (RFC 4733 §2.4.1 wants them equal). */
  readonly eventPayloadType?: number
}

/**
 * The section's first format that is among `codecs` (RFC 3264 §6.1: the offer lists them in order of preference); or
 * `preferred`, wherever it stands there.
 */
export function chooseCodec(
  section: MediaSection,
  codecs: readonly CodecName[],
  preferred?: CodecName,
): Choice | undefined {
  const spoken: { codec: CodecName; payloadType: number }[] = []
  for (const payloadType of section.payloadTypes) {
    const codec = codecs.find((known) => isFormat(section, payloadType, known, formats[known].clockRate))
    if (codec !== undefined) spoken.push({ codec, payloadType })
  }
  const chosen = spoken.find(({ codec }) => codec === preferred) ?? spoken[0]
  if (chosen === undefined) return undefined
  const { clockRate } = formats[chosen.codec]
  const eventPayloadType = section.payloadTypes.find((payloadType) =>
    isFormat(section, payloadType, 'TELEPHONE-EVENT', clockRate),
  )
  return eventPayloadType === undefined ? chosen : { ...chosen, eventPayloadType }
}

/** Whether a payload type stands for this encoding, with one channel. */
function isFormat(section: MediaSection, payloadType: number, name: string, clockRate: number): boolean {
  const mapped = section.encodings.get(payloadType)
  if (mapped) return mapped.name === name && mapped.clockRate === clockRate && mapped.channels === 1
  return name in formats && formats[name as CodecName].payloadType === payloadType
}
