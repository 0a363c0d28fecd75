import { averageSize, fractionsFrom, reportIntervalMs } from '../rtcp/interval.ts'
import type { ReportHeard } from '../rtcp/read-report.ts'
import { writeReport } from '../rtcp/write-report.ts'
import type { Reception } from '../rtp/reception.ts'
import type { Outbound } from './outbound.ts'

/** IPv4 and UDP headers, counted into the size of a packet (RFC 3550 §6.2). */
const LOWER_LAYER_BYTES = 28
const FIRST_GUESS_BYTES = 76 + LOWER_LAYER_BYTES
/** G.711 at 20 ms with its headers, one way; both ways share the session's bandwidth. */
const BANDWIDTH = 2 * 10_000

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

  hear(report: ReportHeard, bytes: number, at: number): void {
    this.#average = averageSize(this.#average, bytes + LOWER_LAYER_BYTES)
    if (report.lastReport !== undefined)
      this.#heard = { ssrc: report.ssrc, lastReport: report.lastReport, at }
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
          wallAt: this.#startedWallAt + (now - this.#startedAt),
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

  #last({ ssrc }: Reception, now: number): { lastReport: number; sinceLastReportMs: number } {
    if (this.#heard?.ssrc !== ssrc) return { lastReport: 0, sinceLastReportMs: 0 }
    return { lastReport: this.#heard.lastReport, sinceLastReportMs: now - this.#heard.at }
  }
}
