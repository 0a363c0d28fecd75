/**
 * Sound for the fake server: something with the rise and fall of speech, as a telephone line carries it. No words are
 * in it; it is there to be drawn, and to be heard to play.
 */
const RATE = 8000

/** A 16-bit mono WAV at 8 kHz of `durationMs`; the same `seed` makes the same one. */
export function speechLikeWav(durationMs: number, seed: number): Buffer {
  const count = Math.max(1, Math.round((durationMs * RATE) / 1000))
  const wav = Buffer.alloc(44 + count * 2)
  writeHeader(wav, count)
  const chance = lcg(seed)
  let syllableLeft = 0
  let syllableLength = 1
  let loudness = 0
  let pitch = 120
  let phase = 0
  for (let place = 0; place < count; place++) {
    if (syllableLeft === 0) {
      const pause = chance() < 0.18
      syllableLength = Math.round(RATE * (pause ? 0.2 + chance() * 0.5 : 0.09 + chance() * 0.2))
      syllableLeft = syllableLength
      loudness = pause ? 0.004 : 0.06 + chance() ** 2.5 * 0.6
      pitch = 105 + chance() * 60
    }
    const along = 1 - syllableLeft / syllableLength
    const shape = Math.sin(Math.PI * Math.min(1, along + 0.05)) ** 0.7
    phase += (2 * Math.PI * pitch) / RATE
    const voice = Math.sin(phase) * 0.6 + Math.sin(phase * 4.1) * 0.25 + Math.sin(phase * 9.3) * 0.15
    wav.writeInt16LE(Math.round(voice * shape * loudness * 30_000), 44 + place * 2)
    syllableLeft -= 1
  }
  return wav
}

let peaks: readonly number[] | undefined

/** The greatest amplitude, from 0 to 1, of the 100 ms with this number of such a sound, which begins again after half a minute. */
export function speechLikePeak(number: number): number {
  peaks ??= peaksOf(speechLikeWav(30_000, 5))
  return peaks[number % peaks.length] ?? 0
}

function peaksOf(wav: Buffer): readonly number[] {
  const bytes = RATE / 5
  return Array.from({ length: Math.floor((wav.length - 44) / bytes) }, (_, place) => {
    const samples = new Int16Array(
      Uint8Array.from(wav.subarray(44 + place * bytes, 44 + (place + 1) * bytes)).buffer,
    )
    return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 32_768
  })
}

function writeHeader(wav: Buffer, samples: number): void {
  wav.write('RIFF', 0, 'latin1')
  wav.writeUInt32LE(36 + samples * 2, 4)
  wav.write('WAVEfmt ', 8, 'latin1')
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(RATE, 24)
  wav.writeUInt32LE(RATE * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36, 'latin1')
  wav.writeUInt32LE(samples * 2, 40)
}

/** Numbers between 0 and 1 that look random and are always the same. */
function lcg(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
