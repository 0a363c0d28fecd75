import { sequenceAhead } from './packet.ts'

/** A jump forward beyond this many packets is not loss but a new start (RFC 3550 A.1). */
const MAX_DROPOUT = 3000
/** A packet that is this much late or less is counted as misordered, not as a new start (RFC 3550 A.1). */
const MAX_MISORDER = 100
const SEQUENCES = 2 ** 16

/** One report block of an RR or SR (RFC 3550 §6.4.1), without the fields that the sender's SR gives. */
export interface ReceptionReport {
  readonly fractionLost: number
  readonly cumulativeLost: number
  readonly highestSequence: number
  readonly jitter: number
}

/** What was received from one source: RFC 3550 appendices A.1 (validity), A.3 (loss) and A.8 (jitter). */
export class Reception {
  readonly ssrc: number
  #unitsPerMs: number
  #base = 0
  #highest = 0
  #cycles = 0
  #received = 0
  /** The sequence number that, should it come next, shows that the source has started anew. */
  #restart = -1
  #transit = Number.NaN
  #jitter = 0
  #expectedPrior = 0
  #receivedPrior = 0
  #lostBefore = 0
  #receivedBefore = 0
  /** Came after others with a higher number, or twice. */
  packetsLate = 0

  constructor(ssrc: number, firstSequence: number, clockRate: number) {
    this.ssrc = ssrc
    this.#unitsPerMs = clockRate / 1000
    this.#startAt(firstSequence)
  }

  /** The source goes on with another clock (RFC 7160): its timestamps can't be compared with those before. */
  setClock(clockRate: number): void {
    const unitsPerMs = clockRate / 1000
    if (unitsPerMs === this.#unitsPerMs) return
    this.#jitter *= unitsPerMs / this.#unitsPerMs
    this.#unitsPerMs = unitsPerMs
    this.#transit = Number.NaN
  }

  /** Counts a packet. False when its sequence number makes no sense (yet): such a packet is not to be used. */
  count(sequence: number): boolean {
    const ahead = sequenceAhead(this.#highest, sequence)
    if (ahead > 0 && ahead < MAX_DROPOUT) {
      if (sequence < this.#highest) this.#cycles += SEQUENCES
      this.#highest = sequence
    } else if (ahead > 0 || ahead < -MAX_MISORDER) {
      if (sequence !== this.#restart) {
        this.#restart = (sequence + 1) % SEQUENCES
        return false
      }
      // Two in sequence: the other side has started anew without telling (RFC 3550 A.1).
      this.#lostBefore += this.#lostSince()
      this.#receivedBefore += this.#received
      this.#startAt(sequence)
    }
    if (ahead <= 0 && this.#received > 0) this.packetsLate++
    this.#restart = -1
    this.#received++
    return true
  }

  /** True for a packet that `count` would take at once; nothing is counted. */
  fits(sequence: number): boolean {
    const ahead = sequenceAhead(this.#highest, sequence)
    return ahead >= -MAX_MISORDER && ahead < MAX_DROPOUT
  }

  /** Takes a packet's timing into the jitter (RFC 3550 A.8). Not for telephone-events: theirs stands still. */
  time(arrivedAt: number, timestamp: number): void {
    const transit = arrivedAt * this.#unitsPerMs - timestamp
    if (!Number.isNaN(this.#transit)) {
      const difference = wrapped(transit - this.#transit)
      this.#jitter += (Math.abs(difference) - this.#jitter) / 16
    }
    this.#transit = transit
  }

  get packetsReceived(): number {
    return this.#receivedBefore + this.#received
  }

  /** May be negative when packets were duplicated (RFC 3550 §6.4.1). */
  get packetsLost(): number {
    return this.#lostBefore + this.#lostSince()
  }

  get jitterMs(): number {
    return this.#jitter / this.#unitsPerMs
  }

  get latestSequence(): number {
    return this.#highest
  }

  /** Makes the report and starts the next interval, whose fraction lost counts from here (RFC 3550 A.3). */
  report(): ReceptionReport {
    const expected = this.#expected()
    const expectedNow = expected - this.#expectedPrior
    const lostNow = expectedNow - (this.#received - this.#receivedPrior)
    this.#expectedPrior = expected
    this.#receivedPrior = this.#received
    return {
      fractionLost: expectedNow > 0 && lostNow > 0 ? Math.floor((lostNow * 256) / expectedNow) : 0,
      cumulativeLost: Math.max(-0x80_0000, Math.min(0x7f_ffff, this.packetsLost)),
      highestSequence: (this.#cycles + this.#highest) >>> 0,
      jitter: Math.floor(this.#jitter) >>> 0,
    }
  }

  #startAt(sequence: number): void {
    this.#base = sequence
    this.#highest = sequence
    this.#cycles = 0
    this.#received = 0
    this.#expectedPrior = 0
    this.#receivedPrior = 0
  }

  #expected(): number {
    return this.#cycles + this.#highest - this.#base + 1
  }

  #lostSince(): number {
    return this.#expected() - this.#received
  }
}

/** The difference of two transits, timestamps being modulo 2^32. */
function wrapped(difference: number): number {
  if (difference > 2 ** 31) return difference - 2 ** 32
  return difference < -(2 ** 31) ? difference + 2 ** 32 : difference
}
