import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWav, WavError } from './read-wav.ts'
import { writeWav } from './write-wav.ts'

interface Shape {
  readonly tag: number
  readonly bits: number
  readonly channels?: number
  readonly rate?: number
  readonly extensible?: boolean
}

/** A WAV file with these bytes of audio, and an odd chunk before them. */
function wav({ tag, bits, channels = 1, rate = 8000, extensible = false }: Shape, data: Buffer): Buffer {
  const format = Buffer.alloc(extensible ? 40 : 16)
  format.writeUInt16LE(extensible ? 0xfffe : tag, 0)
  format.writeUInt16LE(channels, 2)
  format.writeUInt32LE(rate, 4)
  format.writeUInt32LE((rate * channels * bits) / 8, 8)
  format.writeUInt16LE((channels * bits) / 8, 12)
  format.writeUInt16LE(bits, 14)
  if (extensible) format.writeUInt16LE(tag, 24)
  const chunk = (name: string, body: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(name, 'latin1')
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
  }
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    chunk('LIST', Buffer.from('odd')),
    chunk('fmt ', format),
    chunk('data', data),
  ])
  return chunk('RIFF', body)
}

const bytes = (size: number, write: (buffer: Buffer) => void): Buffer => {
  const buffer = Buffer.alloc(size)
  write(buffer)
  return buffer
}

describe('a WAV file', () => {
  it.each<[string, Shape, Buffer, number[]]>([
    ['8-bit PCM', { tag: 1, bits: 8 }, Buffer.from([0, 128, 255]), [-32_768, 0, 32_512]],
    ['16-bit PCM', { tag: 1, bits: 16 }, Buffer.from([0x34, 0x12, 0x00, 0x80]), [0x1234, -32_768]],
    ['24-bit PCM', { tag: 1, bits: 24 }, Buffer.from([0x80, 0x34, 0x12, 0, 0, 0x80]), [0x1235, -32_768]],
    ['32-bit PCM', { tag: 1, bits: 32 }, bytes(4, (to) => to.writeInt32LE(-65_536 * 9)), [-9]],
    [
      'float',
      { tag: 3, bits: 32 },
      bytes(8, (to) => to.writeFloatLE(0.5) && to.writeFloatLE(-3, 4)),
      [16_384, -32_768],
    ],
    ['double, not a number', { tag: 3, bits: 64 }, bytes(8, (to) => to.writeDoubleLE(Number.NaN)), [0]],
    ['µ-law', { tag: 7, bits: 8 }, Buffer.from([0xff, 0x00]), [0, -32_124]],
    ['A-law', { tag: 6, bits: 8 }, Buffer.from([0xd5, 0x2a]), [8, -32_256]],
    ['stereo', { tag: 1, bits: 16, channels: 2 }, Buffer.from([100, 0, 50, 0]), [75]],
    ['extensible', { tag: 1, bits: 16, extensible: true }, Buffer.from([1, 0]), [1]],
    ['with a sample cut in two', { tag: 1, bits: 16 }, Buffer.from([1, 0, 2]), [1]],
  ])('is read: %s', (_, shape, data, samples) => {
    expect([...readWav(wav(shape, data)).samples]).toEqual(samples)
  })

  it('is read to its end when its length says more', () => {
    const file = writeWav(Int16Array.of(1, 2, 3), 16_000)
    file.writeUInt32LE(0xffffffff, 40)
    expect(readWav(file)).toEqual({ samples: Int16Array.of(1, 2, 3), sampleRate: 16_000 })
  })

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.int16Array(), fc.constantFrom(8000, 44_100), (samples, rate) => {
        expect(readWav(writeWav(samples, rate))).toEqual({ samples, sampleRate: rate })
      }),
    )
  })

  it.each<[string, Buffer, RegExp]>([
    ['something else', Buffer.from('ID3 and so on, an MP3'), /not a WAV/],
    ['nothing', Buffer.alloc(0), /not a WAV/],
    ['a header alone', writeWav(new Int16Array(0), 8000).subarray(0, 36), /no audio/],
    ['ADPCM', wav({ tag: 2, bits: 4 }, Buffer.alloc(4)), /not PCM/],
    ['5.1', wav({ tag: 1, bits: 16, channels: 6 }, Buffer.alloc(12)), /6 channels/],
    ['192 kHz', wav({ tag: 1, bits: 16, rate: 192_000 }, Buffer.alloc(2)), /192000 Hz/],
  ])('is refused with a reason: %s', (_, file, reason) => {
    expect(() => readWav(file)).toThrow(reason)
  })

  it('that is any bytes at all is read or refused, and nothing else', () => {
    const file = wav({ tag: 1, bits: 16 }, Buffer.alloc(40))
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change), fc.nat(file.length), (changes, length) => {
        const mutant = Buffer.from(file.subarray(0, length))
        for (const [at, value] of changes) if (at < length) mutant[at] = value
        try {
          readWav(mutant)
        } catch (error) {
          expect(error).toBeInstanceOf(WavError)
        }
      }),
    )
  })
})
