import type { MediaSection } from './description.ts'

/** Audio formats that we negotiate. */
export type CodecName = 'PCMU' | 'PCMA' | 'G722' | 'opus'

/** All that we negotiate, the best first; what a session takes of it, `chooseCodec` says. Opus waits for its proof with real phones. */
export const SPOKEN: readonly CodecName[] = ['G722', 'PCMU', 'PCMA']

interface Format {
  /** That of the rtpmap: for G722 half of the samples that there are (RFC 3551 §4.5.2). */
  readonly clockRate: number
  readonly channels: number
  /** In our offers. Below 96 it is fixed (RFC 3551 table 4), and no rtpmap is needed. */
  readonly payloadType: number
  /** What we say of how we want to have it. */
  readonly parameters?: string
}

export const formats: Readonly<Record<CodecName, Format>> = {
  PCMU: { clockRate: 8000, channels: 1, payloadType: 0 },
  PCMA: { clockRate: 8000, channels: 1, payloadType: 8 },
  G722: { clockRate: 8000, channels: 1, payloadType: 9 },
  // RFC 7587 §4.1, §7: always two channels in its name. One is enough for us, of what a telephone's microphone gives, with what
  // helps when a packet is lost.
  opus: {
    clockRate: 48_000,
    channels: 2,
    payloadType: 107,
    parameters: 'maxplaybackrate=16000;sprop-maxcapturerate=16000;stereo=0;useinbandfec=1;cbr=1',
  },
}

/** RFC 3551 §3: from here on payload types mean what the session says. */
const FIRST_DYNAMIC = 96

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
    const codec = codecs.find((known) => isFormat(section, payloadType, known, formats[known]))
    if (codec !== undefined) spoken.push({ codec, payloadType })
  }
  const chosen = spoken.find(({ codec }) => codec === preferred) ?? spoken[0]
  if (chosen === undefined) return undefined
  const { clockRate } = formats[chosen.codec]
  const eventPayloadType = section.payloadTypes.find((payloadType) =>
    isFormat(section, payloadType, 'telephone-event', { clockRate, channels: 1 }),
  )
  return eventPayloadType === undefined ? chosen : { ...chosen, eventPayloadType }
}

/** Whether a payload type stands for this encoding. */
export function isFormat(
  section: MediaSection,
  payloadType: number,
  name: string,
  { clockRate, channels }: Pick<Format, 'clockRate' | 'channels'>,
): boolean {
  const mapped = section.encodings.get(payloadType)
  if (mapped)
    return (
      mapped.name === name.toUpperCase() && mapped.clockRate === clockRate && mapped.channels === channels
    )
  return (
    payloadType < FIRST_DYNAMIC && name in formats && formats[name as CodecName].payloadType === payloadType
  )
}
