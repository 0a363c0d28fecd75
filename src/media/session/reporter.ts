import { codecs } from '../codec/codecs.ts'
import type { CodecName, HeardOfUs } from '../engine.ts'
import { averageSize, fractionsFrom, reportIntervalMs } from '../rtcp/interval.ts'
import type { BlockHeard, ReportHeard } from '../rtcp/read-report.ts'
import { NTP_EPOCH_MS, writeReport } from '../rtcp/write-report.ts'
import type { Reception } from '../rtp/reception.ts'
import type { Outbound } from './outbound.ts'

/** IPv4 and UDP headers, counted into the size of a packet (RFC 3550 §6.2). */
const LOWER_LAYER_BYTES = 28
const FIRST_GUESS_BYTES = 76 + LOWER_LAYER_BYTES
/** G.711 at 20 ms with its headers, one way; both ways share the session's bandwidth. */
const BANDWIDTH = 2 * 10_000
/** What seems to have been longer on its way is nonsense. */
const LONGEST_ROUND_TRIP_MS = 30_000

/**
 * The RTCP of one leg (RFC 3550 §6). What it says, and when, follows from the leg's own two streams, the clock and
 * the seed: never from anything that happens on the other side of the glass, nor from the wall clock being set.
 */
export class Reporter {
  readonly #cname: string
  readonly #outbound: Outbound
  readonly #fraction: () => number
  #average = FIRST_GUESS_BYTES
  #dueAt = Number.POSITIVE_INFINITY
  #startedAt = 0
  #startedWallAt = 0
  /** Packets sent by the time of the last report and of the one before: who sent none since reports as a receiver. */
  #sentAtReports: readonly [number, number] = [0, 0]
  #heard: { ssrc: number; lastReport: number; at: number } | undefined
  #reported = false
  /** What the other side says of our stream. */
  heardOfUs: HeardOfUs | null = null

  constructor(cname: string, seed: number, outbound: Outbound) {
    this.#cname = cname
    this.#outbound = outbound
    this.#fraction = fractionsFrom(seed)
  }

  /** The stream starts now: its first report comes after half an interval. */
  start(at: number, wallAt: number): void {
    this.#startedAt = at
    this.#startedWallAt = wallAt
    this.#schedule(at, true)
  }

  hear(report: ReportHeard, bytes: number, at: number, codec: CodecName): void {
    this.#average = averageSize(this.#average, bytes + LOWER_LAYER_BYTES)
    if (report.lastReport !== undefined)
      this.#heard = { ssrc: report.ssrc, lastReport: report.lastReport, at }
    if (report.block) this.#note(report.block, at, codec)
  }

  #note({ cumulativeLost, jitter, lastReport, delay }: BlockHeard, at: number, codec: CodecName): void {
    const sent = Math.max(1, this.#outbound.packetsSent)
    // RFC 3550 §6.4.1: what is left of the time since our report when the other side's share is taken away.
    const now = (((this.#wallAt(at) + NTP_EPOCH_MS) * 65_536) / 1000) % 2 ** 32
    const roundTripMs = (((now - lastReport - delay + 2 ** 33) % 2 ** 32) * 1000) / 65_536
    this.heardOfUs = {
      lostShare: Math.min(1, Math.max(0, cumulativeLost / sent)),
      jitterMs: (jitter * 1000) / codecs[codec].clockRate,
      roundTripMs:
        lastReport === 0 || roundTripMs > LONGEST_ROUND_TRIP_MS
          ? (this.heardOfUs?.roundTripMs ?? null)
          : roundTripMs,
    }
  }

  /** True when a report is due. */
  due(now: number): boolean {
    return now >= this.#dueAt
  }

  /**
   * The report that is due now.
   * @param timestamp what our stream samples at `now`
   */
  report(now: number, timestamp: number, reception: Reception | undefined): Buffer {
    const report = this.#write(now, timestamp, reception, false)
    this.#reported = true
    this.#average = averageSize(this.#average, report.length + LOWER_LAYER_BYTES)
    this.#schedule(now, false)
    return report
  }

  /** The last report, with BYE; none if nothing was ever sent (RFC 3550 §6.3.7). */
  stop(now: number, timestamp: number, reception: Reception | undefined): Buffer | undefined {
    this.#dueAt = Number.POSITIVE_INFINITY
    if (this.#outbound.packetsSent === 0 && !this.#reported) return undefined
    return this.#write(now, timestamp, reception, true)
  }

  #schedule(now: number, first: boolean): void {
    this.#dueAt = now + reportIntervalMs(this.#average, BANDWIDTH, first, this.#fraction())
  }

  #write(now: number, timestamp: number, reception: Reception | undefined, bye: boolean): Buffer {
    const { packetsSent, payloadBytesSent, ssrc } = this.#outbound
    const [, beforeLast] = this.#sentAtReports
    // RFC 3550 §6.4: an SR if we sent since the last report or the one before it
    const sending = packetsSent > beforeLast
    this.#sentAtReports = [packetsSent, this.#sentAtReports[0]]
    return writeReport({
      ssrc,
      cname: this.#cname,
      bye,
      ...(sending && {
        sender: {
          wallAt: this.#wallAt(now),
          timestamp,
          packets: packetsSent,
          bytes: payloadBytesSent,
        },
      }),
      ...(reception && {
        block: { ssrc: reception.ssrc, ...reception.report(), ...this.#last(reception, now) },
      }),
    })
  }

  #wallAt(at: number): number {
    return this.#startedWallAt + (at - this.#startedAt)
  }

  #last({ ssrc }: Reception, now: number): { lastReport: number; sinceLastReportMs: number } {
    if (this.#heard?.ssrc !== ssrc) return { lastReport: 0, sinceLastReportMs: 0 }
    return { lastReport: this.#heard.lastReport, sinceLastReportMs: now - this.#heard.at }
  }
}
