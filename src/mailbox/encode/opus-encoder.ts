import { Encoder } from '@evan/opus/wasm/index.mjs'
import { type AudioSample, CustomAudioEncoder, EncodedPacket } from 'mediabunny'

/** Opus knows five rates; recordings have the first or the third (G.711, G.722). */
const RATES = [8000, 12_000, 16_000, 24_000, 48_000] as const
const FRAMES_PER_SECOND = 50
/** Samples at 48 kHz that a decoder throws away at the start (RFC 7845 §4.2): libopus's look-ahead of 6.5 ms. */
const PRE_SKIP = 312

/**
 * libopus for mediabunny's Ogg muxer: frames of 20 ms, one channel. As WebAssembly, because the native build takes the
 * whole process down (SIGSEGV) when a worker thread that loaded it ends.
 */
export class OpusEncoder extends CustomAudioEncoder {
  private frame = new Int16Array(0)
  private filled = 0
  private frames = 0
  private encoder: Encoder | undefined

  static override supports(codec: string, { sampleRate, numberOfChannels }: AudioEncoderConfig): boolean {
    return codec === 'opus' && numberOfChannels === 1 && RATES.some((rate) => rate === sampleRate)
  }

  init(): void {
    const rate = RATES.find((known) => known === this.config.sampleRate)
    if (rate === undefined) throw new Error(`Opus has no rate of ${this.config.sampleRate} Hz`)
    this.frame = new Int16Array(rate / FRAMES_PER_SECOND)
    this.encoder = new Encoder({ channels: 1, sample_rate: rate, application: 'voip' })
  }

  encode(sample: AudioSample): void {
    const samples = new Int16Array(sample.numberOfFrames)
    sample.copyTo(samples, { format: 's16', planeIndex: 0 })
    for (const value of samples) {
      this.frame[this.filled++] = value
      if (this.filled === this.frame.length) this.finishFrame()
    }
  }

  flush(): void {
    if (this.filled > 0) this.finishFrame()
  }

  close(): void {
    this.encoder = undefined
  }

  private finishFrame(): void {
    this.frame.fill(0, this.filled)
    this.filled = 0
    const bytes = this.encoder?.encode(this.frame)
    if (!bytes) return
    const packet = new EncodedPacket(
      new Uint8Array(bytes),
      'key',
      this.frames / FRAMES_PER_SECOND,
      1 / FRAMES_PER_SECOND,
    )
    this.frames++
    this.onPacket(packet, {
      decoderConfig: {
        codec: 'opus',
        numberOfChannels: 1,
        sampleRate: 48_000,
        description: opusHead(this.config.sampleRate),
      },
    })
  }
}

/** The identification header (RFC 7845 §5.1). */
function opusHead(inputRate: number): Uint8Array {
  const head = new DataView(new ArrayBuffer(19))
  for (const [at, letter] of [...'OpusHead'].entries()) head.setUint8(at, letter.charCodeAt(0))
  head.setUint8(8, 1)
  head.setUint8(9, 1)
  head.setUint16(10, PRE_SKIP, true)
  head.setUint32(12, inputRate, true)
  return new Uint8Array(head.buffer)
}
