/**
 * G.711 (ITU-T 11/88), both laws, as tables: 256 entries to decode, 65,536 to encode. The segment arithmetic is
 * that of the reference in ITU-T G.191 (one's complement for negative samples), so every code is exact.
 */

const MU_BIAS = 33
const MU_TOP = 0x1fff

/** One µ-law code for a 16-bit sample (G.711 table 2). */
function muLawCode(sample: number): number {
  const magnitude = Math.min(((sample < 0 ? ~sample : sample) >> 2) + MU_BIAS, MU_TOP)
  const segment = 26 - Math.clz32(magnitude) // 0 for 33…63, 7 for 4096…8191
  const step = (magnitude >> (segment + 1)) & 0x0f
  const inverted = ((7 - segment) << 4) | (0x0f - step)
  return sample < 0 ? inverted : inverted | 0x80
}

function muLawSample(code: number): number {
  const segment = (~code >> 4) & 7
  const step = ~code & 0x0f
  const magnitude = (((step << 1) + MU_BIAS) << (segment + 2)) - (MU_BIAS << 2)
  return code < 0x80 ? -magnitude : magnitude
}

/** One A-law code for a 16-bit sample (G.711 table 1), even bits inverted. */
function aLawCode(sample: number): number {
  const magnitude = (sample < 0 ? ~sample : sample) >> 4
  const segment = magnitude < 16 ? 0 : 28 - Math.clz32(magnitude) // 1 for 16…31, 7 for 1024…2047
  const step = segment < 2 ? magnitude & 0x0f : (magnitude >> (segment - 1)) & 0x0f
  return ((segment << 4) | step | (sample < 0 ? 0 : 0x80)) ^ 0x55
}

function aLawSample(code: number): number {
  const segment = ((code ^ 0x55) >> 4) & 7
  const step = ((code ^ 0x55) & 0x0f) * 16 + 8
  const magnitude = segment === 0 ? step : (step + 256) << (segment - 1)
  return code < 0x80 ? -magnitude : magnitude
}

/** A companding law: samples are 16-bit signed, codes 8-bit. */
export interface Law {
  /** The code of silence: what is sent while nothing plays. */
  readonly silence: number
  encode(pcm: Int16Array, into: Uint8Array): void
  decode(codes: Uint8Array, into: Int16Array): void
}

function tabulate(code: (sample: number) => number, sample: (code: number) => number): Law {
  const codes = Uint8Array.from({ length: 65_536 }, (_, index) => code((index << 16) >> 16))
  const samples = Int16Array.from({ length: 256 }, (_, index) => sample(index))
  return {
    silence: code(0),
    encode(pcm, into) {
      for (let i = 0; i < pcm.length; i++) into[i] = codes[(pcm[i] ?? 0) & 0xffff] ?? 0
    },
    decode(from, into) {
      for (let i = 0; i < from.length; i++) into[i] = samples[from[i] ?? 0] ?? 0
    },
  }
}

export const muLaw: Law = tabulate(muLawCode, muLawSample)
export const aLaw: Law = tabulate(aLawCode, aLawSample)
