import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** What of the WebAssembly build of libopus in @evan/opus we use: its own wrapper knows neither FEC nor concealment. */
interface Exports {
  readonly memory: WebAssembly.Memory
  malloc(bytes: number): number
  free(at: number): void
  opus_encoder_get_size(channels: number): number
  opus_encoder_init(encoder: number, rate: number, channels: number, application: number): number
  opus_encoder_ctl_set(encoder: number, request: number, value: number): number
  opus_encode(encoder: number, pcm: number, samples: number, packet: number, bytes: number): number
  opus_decoder_get_size(channels: number): number
  opus_decoder_init(decoder: number, rate: number, channels: number): number
  opus_decode(
    decoder: number,
    packet: number,
    bytes: number,
    pcm: number,
    samples: number,
    fromFec: number,
  ): number
}

interface Library {
  readonly exports: Exports
  readonly pcm: number
  readonly packet: number
  /** Encoders and decoders whose owner is gone give their memory back. */
  readonly owned: FinalizationRegistry<number>
}

const MOST_SAMPLES = 5760
const MOST_BYTES = 1500
/** OPUS_APPLICATION_VOIP, and the requests of opus_encoder_ctl (opus_defines.h). */
const VOIP = 2048
const SET_BITRATE = 4002
const SET_VBR = 4006
const SET_COMPLEXITY = 4010
const SET_INBAND_FEC = 4012
const SET_PACKET_LOSS_PERC = 4014
const SET_SIGNAL = 4024
const SIGNAL_VOICE = 3001

let loaded: Library | undefined

/** A module that every WebAssembly with SIMD takes. */
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11],
)

/** Compiles the library, once for each thread: some 5 ms. */
export function loadOpus(): Library {
  if (loaded) return loaded
  const build = WebAssembly.validate(SIMD) ? 'simd' : 'opus'
  const path = createRequire(import.meta.url).resolve(`@evan/opus/wasm/${build}.wasm`)
  const nothing = () => {}
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), {
    wasi_snapshot_preview1: { fd_seek: nothing, fd_write: nothing, fd_close: nothing, proc_exit: nothing },
    env: { emscripten_notify_memory_growth: nothing },
  })
  const exports = instance.exports as unknown as Exports
  loaded = {
    exports,
    pcm: allocate(exports, 2 * MOST_SAMPLES),
    packet: allocate(exports, MOST_BYTES),
    owned: new FinalizationRegistry((at) => exports.free(at)),
  }
  return loaded
}

export interface OpusEncoderOptions {
  readonly sampleRate: number
  readonly bitrate: number
  /** 0 to 10: how much work is done for the same bits. */
  readonly complexity: number
}

/** libopus for one channel of speech, at a constant bitrate, with what helps to stand in for a lost packet (in-band FEC). */
export class LibOpusEncoder {
  readonly #library = loadOpus()
  readonly #at: number

  constructor({ sampleRate, bitrate, complexity }: OpusEncoderOptions) {
    const { exports, owned } = this.#library
    this.#at = allocate(exports, exports.opus_encoder_get_size(1))
    owned.register(this, this.#at)
    expectOk(exports.opus_encoder_init(this.#at, sampleRate, 1, VOIP))
    const set = (request: number, value: number) =>
      expectOk(exports.opus_encoder_ctl_set(this.#at, request, value))
    set(SET_BITRATE, bitrate)
    set(SET_VBR, 0)
    set(SET_COMPLEXITY, complexity)
    set(SET_INBAND_FEC, 1)
    set(SET_PACKET_LOSS_PERC, 5)
    set(SET_SIGNAL, SIGNAL_VOICE)
  }

  /** Encodes one frame of 2.5 to 60 ms. Returns its bytes, all of which are in `into`. */
  encode(frame: Int16Array, into: Uint8Array): number {
    const { exports, pcm, packet } = this.#library
    new Int16Array(exports.memory.buffer, pcm, frame.length).set(frame)
    const bytes = expectOk(exports.opus_encode(this.#at, pcm, frame.length, packet, into.length))
    into.set(new Uint8Array(exports.memory.buffer, packet, bytes))
    return bytes
  }
}

/** libopus for one channel at any of its rates; two are mixed. */
export class LibOpusDecoder {
  readonly #library = loadOpus()
  readonly #at: number

  constructor(sampleRate: number) {
    const { exports, owned } = this.#library
    this.#at = allocate(exports, exports.opus_decoder_get_size(1))
    owned.register(this, this.#at)
    expectOk(exports.opus_decoder_init(this.#at, sampleRate, 1))
  }

  /** Fills `into` with what a packet holds; with silence when it is broken. */
  decode(payload: Uint8Array, into: Int16Array): void {
    this.#run(payload, into, false)
  }

  /** Fills `into` in place of what is lost: from what the packet after it tells of it, else from what was heard. */
  conceal(into: Int16Array, following?: Uint8Array): void {
    this.#run(following, into, following !== undefined)
  }

  #run(payload: Uint8Array | undefined, into: Int16Array, fromFec: boolean): void {
    const { exports, pcm, packet } = this.#library
    const bytes = Math.min(payload?.length ?? 0, MOST_BYTES)
    if (payload) new Uint8Array(exports.memory.buffer, packet, bytes).set(payload.subarray(0, bytes))
    const samples = exports.opus_decode(
      this.#at,
      payload ? packet : 0,
      bytes,
      pcm,
      into.length,
      fromFec ? 1 : 0,
    )
    const decoded = new Int16Array(exports.memory.buffer, pcm, Math.max(0, Math.min(samples, into.length)))
    into.set(decoded)
    into.fill(0, decoded.length)
  }
}

/** What libopus refuses of ours is a mistake in the program; what comes from elsewhere never comes here. */
function expectOk(result: number): number {
  if (result < 0) throw new Error(`libopus: error ${result}`)
  return result
}

/** The library has room for 2 GB, some twenty thousand calls; to write to address 0 would spoil those of everybody. */
function allocate({ malloc }: Exports, bytes: number): number {
  const at = malloc(bytes)
  if (at === 0) throw new Error('libopus: no memory')
  return at
}
