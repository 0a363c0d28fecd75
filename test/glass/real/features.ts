import { headerOf, statusOf } from '../../helpers/sip-wire.ts'
import { nameRtcpTokens } from '../trace/name-rtcp-tokens.ts'
import { nameRtpTokens } from '../trace/name-rtp-tokens.ts'
import { nameSipTokens } from '../trace/name-sip-tokens.ts'
import { tokenNames } from '../trace/token-names.ts'
import type { CallRecord } from './measured-call.ts'

/** A frame of µ-law in which nothing is to be heard. */
const SILENCE = /^(?:ff|7f)+$/
const FRAME_MS = 20
/** When something that has not come at all is said to have come. */
const NEVER_MS = 60_000
const NTP_EPOCH_S = 2_208_988_800

/** What is the same in every call, to the byte; and what chance and the machine's load make different in each. */
export interface Measurements {
  /** Every SIP message, and the head of every packet, with its random tokens named; a line for each. */
  readonly form: readonly string[]
  /** By name, in ms unless it says otherwise. */
  readonly features: Readonly<Record<string, number>>
}

/** What a caller can make of a call. @param own what this caller chose itself, and so tells nothing: its line, its tokens */
export function measure(record: CallRecord, own: readonly string[]): Measurements {
  return {
    form: formOf(record, own),
    features: { ...signalling(record), ...stream(record), ...gate(record), ...reports(record) },
  }
}

function formOf({ sip, rtp, rtcp, namedAt }: CallRecord, own: readonly string[]): readonly string[] {
  const names = tokenNames()
  const anonymous = (text: string) => own.reduce((all, word) => all.replaceAll(word, '<ours>'), text)
  const messages = sip.map(({ content }) =>
    // The port that we send from is ours, and stands in Via's rport.
    anonymous(nameSipTokens(content, names)).replace(/(?<=^Via: .*)(?::\d+|rport=\d+)/gm, '<ours>'),
  )
  const packets = rtp.map(({ content }) => nameRtpTokens(content, names))
  // Whatever the stream's length: how it begins, and that it goes on alike.
  const heads = packets.map((packet, i) =>
    packet.replace(`#${i} @${i * 160} `, '').replace(/ [0-9a-f]+$/, ''),
  )
  // How much of a question is heard that is cut short is a matter of time, too: `gate` has it.
  const sound = (namedAt === undefined ? packets : [])
    .map((packet) => packet.split(' ').at(-1) ?? '')
    .filter((frame) => !SILENCE.test(frame))
  const parts = rtcp.flatMap(({ content }) => nameRtcpTokens(content, names).split(' | ').slice(1))
  // A message twice is sent again: a matter of time, and of the network.
  return [...new Set(messages), ...new Set(heads), ...sound, ...new Set(parts.sort())]
}

function signalling({ sip, invitedAt, hungUpAt, rtcp }: CallRecord) {
  const at = (status: number, method: string) =>
    sip.find(({ content }) => statusOf(content) === status && headerOf(content, 'CSeq')?.endsWith(method))
      ?.at ?? NEVER_MS
  const last = rtcp.at(-1)?.at ?? NEVER_MS
  /** Before a gate there is no 180. */
  const ringingAt = at(180, 'INVITE')
  const sinceRinging = (from: number, to: number) => (ringingAt === NEVER_MS ? NEVER_MS : to - from)
  return {
    'INVITE to 100': at(100, 'INVITE') - invitedAt,
    'INVITE to 180': sinceRinging(invitedAt, ringingAt),
    '100 to 180': sinceRinging(at(100, 'INVITE'), ringingAt),
    'INVITE to 200': at(200, 'INVITE') - invitedAt,
    '180 to 200': sinceRinging(ringingAt, at(200, 'INVITE')),
    'BYE to 200': at(200, 'BYE') - hungUpAt,
    'BYE to the last report': last - hungUpAt,
  }
}

function stream({ rtp, sip, acknowledgedAt, hungUpAt }: CallRecord) {
  const answeredAt = sip.find(({ content }) => statusOf(content) === 200)?.at ?? NEVER_MS
  const times = rtp.map(({ at }) => at)
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0))
  const sorted = [...gaps].sort((a, b) => a - b)
  const first = times[0] ?? NEVER_MS
  /** How late each packet is against a grid of 20 ms that the first lies on. */
  const lateness = times.map((at, i) => at - first - FRAME_MS * i)
  const half = Math.floor(times.length / 2)
  const sounds = [...rtp.keys()].filter((i) => !SILENCE.test(rtp[i]?.content.toString('hex', 12) ?? ''))
  const pauses = sounds.slice(1).map((frame, i) => frame - (sounds[i] ?? 0) - 1)
  return {
    '200 to the first packet': first - answeredAt,
    'gap, mean': mean(gaps),
    'gap, standard deviation': deviation(gaps),
    'gap, 5 %': sorted[Math.floor(0.05 * sorted.length)] ?? 0,
    'gap, 95 %': sorted[Math.floor(0.95 * sorted.length)] ?? 0,
    'gap, longest': sorted.at(-1) ?? 0,
    'lateness, mean of the first half': mean(lateness.slice(0, half)),
    'lateness, from half to half': median(lateness.slice(half)) - median(lateness.slice(0, half)),
    'lateness at the end': median(lateness.slice(-20)) - median(lateness.slice(0, 20)),
    'frames before the greeting': sounds[0] ?? -1,
    'ACK to the greeting': (times[sounds[0] ?? 0] ?? 0) - acknowledgedAt,
    'frames from greeting to beep': Math.max(...pauses, 0),
    'packets after BYE': times.filter((at) => at > hungUpAt).length,
    'last packet after BYE': (times.at(-1) ?? 0) - hungUpAt,
  }
}

/** Of a gate: the question that is cut short, and what is heard between the name and the message. */
function gate({ rtp, namedAt, acknowledgedAt }: CallRecord) {
  if (namedAt === undefined) return {}
  const sounds = rtp.filter(({ content }) => !SILENCE.test(content.toString('hex', 12)))
  const after = sounds.filter(({ at }) => at > namedAt)
  const first = rtp[0]?.at ?? NEVER_MS
  const lateness = rtp.map(({ at }, i) => ({ at, late: at - first - FRAME_MS * i }))
  const latenessIn = (from: number, to: number) =>
    median(lateness.filter(({ at }) => at >= from && at < to).map(({ late }) => late))
  return {
    'frames of sound (number)': sounds.length,
    'frames of sound after the name (number)': after.length,
    'name to the ring tone': (after[0]?.at ?? NEVER_MS) - namedAt,
    'name to the end of the beep': (after.at(-1)?.at ?? NEVER_MS) - namedAt,
    'lateness while it rings':
      latenessIn(namedAt + 200, namedAt + 1900) - latenessIn(acknowledgedAt, namedAt),
  }
}

/** Of the reports, RFC 3550 §6.4.1. The last one comes with BYE and has everything. */
function reports({ rtcp, acknowledgedAt, reportedAt, reportNtp, wallOrigin, rtp }: CallRecord) {
  const last = rtcp.at(-1)
  const bytes = last?.content ?? Buffer.alloc(0)
  const hasBlock = bytes[0] === 0x81 && bytes.length >= 52
  const word = (at: number) => (bytes.length >= at + 4 ? bytes.readUInt32BE(at) : 0)
  const wall = 1000 * word(8) + (1000 * word(12)) / 2 ** 32 - 1000 * NTP_EPOCH_S
  const firstRtp = rtp[0]
  const mediaMs = firstRtp ? ((word(16) - firstRtp.content.readUInt32BE(4)) >>> 0) / 8 : 0
  return {
    'ACK to the first report': (rtcp[0]?.at ?? 0) - acknowledgedAt,
    'reports (number)': rtcp.length,
    'report: arrival after its own time': (last?.at ?? 0) + wallOrigin - wall,
    'report: stream time against arrival': mediaMs - ((last?.at ?? 0) - (firstRtp?.at ?? 0)),
    'report: packets told less packets heard': word(20) - rtp.length,
    'report: jitter (1/8000 s)': hasBlock ? word(28 + 12) : -1,
    'report: lost (number)': hasBlock ? word(28 + 4) & 0xff_ffff : -1,
    'report: fraction lost (1/256)': hasBlock ? word(28 + 4) >>> 24 : -1,
    'report: highest sequence': hasBlock ? word(28 + 8) : -1,
    'report: names ours (1: yes)': hasBlock && word(28 + 16) === reportNtp ? 1 : 0,
    'report: delay since ours, against the true one': hasBlock
      ? (1000 * word(28 + 20)) / 65_536 - ((last?.at ?? 0) - reportedAt)
      : -1,
  }
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
function deviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}
