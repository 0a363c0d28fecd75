import { saturate } from './saturate.ts'

/**
 * ITU-T G.722 (09/2012) at 64 kbit/s, bit for bit: 16 kHz in two bands of 8 kHz each, of which the lower has 6 bits of
 * ADPCM a sample and the upper 2. The names of steps are those of the recommendation's section 6.2.
 */

/** Of the filter that parts and joins the bands (table 11): half of it, the other half is the same reversed. */
const QMF = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11] as const
const TAPS = 2 * QMF.length

/** QUANTL (tables 14 and 15): decision levels of the lower band, and the codes between them. */
const Q6 = Int32Array.of(
  ...[0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714],
  ...[786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919],
)
/** The code of the n-th interval: from 61 down for what is positive, from 63 and then from 31 down for what is negative. */
const positiveCode = (interval: number) => 62 - interval
const negativeCode = (interval: number) => (interval < 3 ? 64 - interval : 34 - interval)
/** INVQAL and INVQBL (tables 16 and 17): what 4 and 6 bits of the lower band stand for. */
const QM4 = Int32Array.of(
  ...[0, -20456, -12896, -8968, -6288, -4240, -2584, -1200],
  ...[20456, 12896, 8968, 6288, 4240, 2584, 1200, 0],
)
const QM6 = Int32Array.of(
  ...[-136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232],
  ...[-9360, -8576, -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400],
  ...[-2032, -1688, -1360, -1040, -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232],
  ...[9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688],
  ...[1360, 1040, 728, 432, 136, -432, -136],
)
/** INVQAH: what 2 bits of the upper band stand for; QUANTH: where the outer ones begin. */
const QM2 = Int32Array.of(-7408, -1616, 7408, 1616)
const Q2 = 564
/** LOGSCL and LOGSCH: how a code moves the logarithm of the step size. */
const WL = Int32Array.of(-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60)
const WH = Int32Array.of(798, -214, 798, -214)
/** SCALEL and SCALEH (table 18): the step size's logarithm to base 2, back. */
const ILB = Int32Array.of(
  ...[2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834],
  ...[2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008],
)

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value))

/** A band's adaptation, the same on both sides: the step size, and the predictor with two poles and six zeros. */
class Band {
  /** The next sample as it is predicted: of the poles and zeros, and of the zeros alone. */
  predicted = 0
  #zeros = 0
  step: number
  #logStep = 0
  readonly #stepShift: number
  readonly #mostLogStep: number
  #a1 = 0
  #a2 = 0
  readonly #b = new Int32Array(6)
  /** Quantized differences, doubled, the newest first; their signs decide how the zeros move. */
  readonly #d = new Int32Array(6)
  #r1 = 0
  #p1 = 0
  #p2 = 0

  /** @param step before anything was heard @param mostLogStep where it stops to grow */
  constructor(step: number, stepShift: number, mostLogStep: number) {
    this.step = step
    this.#stepShift = stepShift
    this.#mostLogStep = mostLogStep
  }

  /** LOGSCx, SCALEx. */
  scale(change: number): void {
    const log = clamp(((this.#logStep * 127) >> 7) + change, 0, this.#mostLogStep)
    this.#logStep = log
    const shift = this.#stepShift - (log >> 11)
    const mantissa = ILB[(log >> 6) & 31] as number
    this.step = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2
  }

  /** Takes in the quantized difference from what was predicted, and predicts the next sample. */
  adapt(difference: number): void {
    const r0 = saturate(this.predicted + difference) // RECONS
    const p0 = saturate(this.#zeros + difference) // PARREC
    const sign = p0 >> 15
    // UPPOL2
    const slope = saturate(this.#a1 << 2)
    const turn = sign === this.#p1 >> 15 ? -slope : slope
    const a2 = clamp(
      (sign === this.#p2 >> 15 ? 128 : -128) + (saturate(turn) >> 7) + ((this.#a2 * 32_512) >> 15),
      -12_288,
      12_288,
    )
    // UPPOL1
    const most = 15_360 - a2
    const a1 = clamp(
      saturate((sign === this.#p1 >> 15 ? 192 : -192) + ((this.#a1 * 32_640) >> 15)),
      -most,
      most,
    )
    // UPZERO, DELAYA, FILTEZ
    const gain = difference === 0 ? 0 : 128
    const upwards = difference >> 15
    const b = this.#b
    const d = this.#d
    let zeros = 0
    for (let i = 5; i >= 0; i--) {
      const before = d[i] as number
      b[i] = saturate((before >> 15 === upwards ? gain : -gain) + (((b[i] as number) * 32_640) >> 15))
      if (i < 5) d[i + 1] = before
    }
    d[0] = saturate(2 * difference)
    for (let i = 5; i >= 0; i--) zeros += ((b[i] as number) * (d[i] as number)) >> 15
    this.#zeros = saturate(zeros)
    // FILTEP, PREDIC
    const poles = ((a1 * saturate(2 * r0)) >> 15) + ((a2 * saturate(2 * this.#r1)) >> 15)
    this.predicted = saturate(saturate(poles) + this.#zeros)
    this.#a1 = a1
    this.#a2 = a2
    this.#r1 = r0
    this.#p2 = this.#p1
    this.#p1 = p0
  }
}

const lowerBand = () => new Band(32, 8, 18_432)
const upperBand = () => new Band(8, 10, 22_528)

/** 16 kHz PCM to one byte for each two samples. */
export function createG722Encoder(): (pcm: Int16Array, into: Uint8Array) => void {
  const lower = lowerBand()
  const upper = upperBand()
  const line = new QmfLine()
  return (pcm, into) => {
    for (let i = 0; i + 1 < pcm.length; i += 2) {
      line.push(pcm[i] as number, pcm[i + 1] as number)
      const low = (line.odd + line.even) >> 14
      const high = (line.odd - line.even) >> 14

      const lowError = saturate(low - lower.predicted)
      const interval = intervalOf(lowError < 0 ? ~lowError : lowError, lower.step)
      const lowCode = lowError < 0 ? negativeCode(interval) : positiveCode(interval)
      const ril = lowCode >> 2
      const lowStep = lower.step
      lower.scale(WL[ril] as number)
      lower.adapt((lowStep * (QM4[ril] as number)) >> 15)

      const highError = saturate(high - upper.predicted)
      const outer = (highError < 0 ? ~highError : highError) >= (Q2 * upper.step) >> 12
      const highCode = (highError < 0 ? 1 : 3) - (outer ? 1 : 0)
      const highStep = upper.step
      upper.scale(WH[highCode] as number)
      upper.adapt((highStep * (QM2[highCode] as number)) >> 15)

      into[i >> 1] = (highCode << 6) | lowCode
    }
  }
}

/** One byte to two samples of 16 kHz PCM. */
export function createG722Decoder(): (codes: Uint8Array, into: Int16Array) => void {
  const lower = lowerBand()
  const upper = upperBand()
  const line = new QmfLine()
  return (codes, into) => {
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number
      const low = decodeLow(lower, code)
      const highCode = code >> 6
      const difference = (upper.step * (QM2[highCode] as number)) >> 15
      const high = clamp(upper.predicted + difference, -16_384, 16_383)
      upper.scale(WH[highCode] as number)
      upper.adapt(difference)
      line.push(low + high, low - high)
      into[2 * i] = saturate(line.odd >> 11)
      into[2 * i + 1] = saturate(line.even >> 11)
    }
  }
}

/** The lower band alone, 8 kHz: for who only wants to know what kind of sound it is, at less than half the work. */
export function createG722Ear(): (codes: Uint8Array, into: Int16Array) => void {
  const lower = lowerBand()
  return (codes, into) => {
    for (let i = 0; i < codes.length; i++) into[i] = decodeLow(lower, codes[i] as number) << 1
  }
}

function decodeLow(band: Band, code: number): number {
  const low = clamp(band.predicted + ((band.step * (QM6[code & 63] as number)) >> 15), -16_384, 16_383)
  const ril = (code & 63) >> 2
  const difference = (band.step * (QM4[ril] as number)) >> 15
  band.scale(WL[ril] as number)
  band.adapt(difference)
  return low
}

/** The first level above this, from 1; 30 for what is above all. */
function intervalOf(magnitude: number, step: number): number {
  let interval = 1
  while (interval < 30 && magnitude >= ((Q6[interval] as number) * step) >> 12) interval++
  return interval
}

/** The last 24 samples, and what the two halves of the filter make of them. */
class QmfLine {
  /** Twice in a row, so that the newest 24 always stand together. */
  readonly #x = new Int32Array(2 * TAPS)
  #at = 0
  even = 0
  odd = 0

  push(first: number, second: number): void {
    const x = this.#x
    const at = this.#at
    x[at] = x[at + TAPS] = first
    x[at + 1] = x[at + TAPS + 1] = second
    this.#at = at + 2 === TAPS ? 0 : at + 2
    let even = 0
    let odd = 0
    for (let tap = 0, from = this.#at; tap < QMF.length; tap++, from += 2) {
      even += (x[from] as number) * (QMF[tap] as number)
      odd += (x[from + 1] as number) * (QMF[QMF.length - 1 - tap] as number)
    }
    this.even = even
    this.odd = odd
  }
}
