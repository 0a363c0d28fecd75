/** Encodes a 16-bit mono WAV file as µ-law, so that numbered frames can be read from it. Independent of `src/`. */
export function readUlaw(wav: Buffer): Buffer {
  const data = wav.indexOf('data', 12, 'latin1')
  const length = wav.readUInt32LE(data + 4)
  const out = Buffer.alloc(length / 2)
  for (let i = 0; i < out.length; i++) out[i] = encode(wav.readInt16LE(data + 8 + i * 2))
  return out
}

/** ITU-T G.711 µ-law of a 16-bit sample, by its definition: sign, exponent, mantissa, all inverted. */
function encode(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132
  const exponent = Math.floor(Math.log2(magnitude)) - 7
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

/** A WAV file of 8 kHz mono µ-law (format 7 of RFC 2361), for ears that want a file. */
export function writeUlawWav(ulaw: Buffer): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + ulaw.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(7, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(8000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(ulaw.length, 40)
  return Buffer.concat([head, ulaw])
}
