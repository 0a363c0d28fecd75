import type { MediaSection } from './description.ts'
import { allowedPtime, USUAL_PTIME_MS } from './packet-time.ts'

/** Audio formats that we negotiate. */
export type CodecName = 'PCMU' | 'PCMA' | 'G722' | 'opus'

/**
 * All that we negotiate, in the order of our offers where nobody's format is to be followed: wideband first, and of that
 * what costs us a tenth (docs/decisions/0019-opus.md). What a session takes of an offer, `chooseCodec` says.
 */
export const SPOKEN: readonly CodecName[] = ['G722', 'opus', 'PCMU', 'PCMA']

export interface Format {
  /** More of a voice than a telephone's 3.4 kHz. */
  readonly wide: boolean
  /** The only packet time in which we send it; absent: any. */
  readonly ptimeMs?: number
  /** That of the rtpmap: for G722 half of the samples that there are (RFC 3551 §4.5.2). */
  readonly clockRate: number
  readonly channels: number
  /** In our offers. Below 96 it is fixed (RFC 3551 table 4), and no rtpmap is needed. */
  readonly payloadType: number
  /** Bits a second of what we send, where the other side may say how many it wants (RFC 7587 §6.1). */
  readonly bitrate?: number
  /** What we say of how we want to have it. */
  readonly parameters?: string
}

export const formats: Readonly<Record<CodecName, Format>> = {
  PCMU: { wide: false, clockRate: 8000, channels: 1, payloadType: 0 },
  PCMA: { wide: false, clockRate: 8000, channels: 1, payloadType: 8 },
  G722: { wide: true, clockRate: 8000, channels: 1, payloadType: 9 },
  // RFC 7587 §4.1, §7: always two channels in its name. One is enough for us, of what a telephone's microphone gives, with what
  // helps when a packet is lost.
  opus: {
    wide: true,
    ptimeMs: 20,
    bitrate: 32_000,
    clockRate: 48_000,
    channels: 2,
    payloadType: 107,
    parameters: 'maxplaybackrate=16000;sprop-maxcapturerate=16000;stereo=0;useinbandfec=1;cbr=1',
  },
}

/** RFC 3551 §3: from here on payload types mean what the session says. */
export const FIRST_DYNAMIC = 96

/** A format of a media section: what it stands for, under which payload type. */
export interface Choice {
  readonly codec: CodecName
  readonly payloadType: number
  readonly eventPayloadType?: number
  /** The clock in which durations of telephone-events are told; absent: the codec's (RFC 4733 §2.4.1 wants them equal). */
  readonly eventClockRate?: number
}

/** The clock of telephone-events beside which all else is rare. */
const USUAL_EVENT_CLOCK = 8000

/** What is wanted of a choice. */
export interface Wanted {
  /** What the session speaks, or who is to be heard in it: taken if it is there, else what is nearest to it. */
  readonly preferred?: CodecName | undefined
  /** The packet time in which we would send; 20 unless given. */
  readonly ptimeMs?: number | undefined
}

/**
 * The section's first format that is among `codecs` (RFC 3264 §6.1: the offer lists them in order of preference); or what
 * is nearest to `preferred`, wherever it stands there.
 */
export function chooseCodec(
  section: MediaSection,
  codecs: readonly CodecName[],
  { preferred, ptimeMs = USUAL_PTIME_MS }: Wanted = {},
): Choice | undefined {
  const sentMs = allowedPtime(ptimeMs, section.maxPtimeMs)
  const spoken: { codec: CodecName; payloadType: number }[] = []
  /** More than they want to get, and better than no call. */
  const tooMuch: typeof spoken = []
  for (const payloadType of section.payloadTypes) {
    const codec = codecs.find((known) => isFormat(section, payloadType, known, formats[known]))
    if (codec === undefined || (formats[codec].ptimeMs ?? sentMs) !== sentMs) continue
    const { bitrate = 0 } = formats[codec]
    const most = section.mostBitrates.get(payloadType) ?? Infinity
    ;(bitrate > most ? tooMuch : spoken).push({ codec, payloadType })
  }
  const chosen = [...byNearness(spoken, preferred, ({ codec }) => codec), ...tooMuch][0]
  return chosen && { ...chosen, ...eventsFor(section, chosen.codec) }
}

/**
 * In order of what it costs to hear `preferred` in them: itself; of the rest what has the same band, since to carry a
 * telephone's voice in wideband gains nothing; and Opus after its equals, whose encoder costs ten of G.722's. Without anybody
 * to be heard the order stays.
 */
export function byNearness<Item>(
  items: readonly Item[],
  preferred: CodecName | undefined,
  codecOf: (item: Item) => CodecName,
): Item[] {
  if (preferred === undefined) return [...items]
  const distance = (codec: CodecName) => {
    if (codec === preferred) return 0
    return (formats[codec].wide === formats[preferred].wide ? 1 : 3) + (codec === 'opus' ? 1 : 0)
  }
  return items.toSorted((a, b) => distance(codecOf(a)) - distance(codecOf(b)))
}

/**
 * Telephone-event with the codec's clock; else with that of the telephone network: many phones name no other beside Opus,
 * and then count durations in it, on the timestamps of the audio.
 */
function eventsFor(
  section: MediaSection,
  codec: CodecName,
): Pick<Choice, 'eventPayloadType' | 'eventClockRate'> {
  const { clockRate } = formats[codec]
  for (const clock of new Set([clockRate, USUAL_EVENT_CLOCK])) {
    const eventPayloadType = section.payloadTypes.find((payloadType) =>
      isFormat(section, payloadType, 'telephone-event', { clockRate: clock, channels: 1 }),
    )
    if (eventPayloadType === undefined) continue
    return { eventPayloadType, ...(clock !== clockRate && { eventClockRate: clock }) }
  }
  return {}
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
