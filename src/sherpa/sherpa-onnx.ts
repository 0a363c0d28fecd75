import { createRequire } from 'node:module'

/** What we use of sherpa-onnx-node, which has no types of its own. */
export interface SherpaOnnx {
  readonly OnlineRecognizer: new (config: object) => OnlineRecognizer
  readonly OfflineRecognizer: new (config: object) => OfflineRecognizer
  readonly OfflineTts: new (config: object) => OfflineTts
}

/** One thread: what else there is belongs to the calls. */
export const ENGINE = { numThreads: 1, provider: 'cpu', debug: 0 }

interface SoundSink {
  acceptWaveform(sound: { readonly samples: Float32Array; readonly sampleRate: number }): void
}

export interface OnlineStream extends SoundSink {
  inputFinished(): void
}

export interface OnlineRecognizer {
  createStream(): OnlineStream
  isReady(stream: OnlineStream): boolean
  decode(stream: OnlineStream): void
  isEndpoint(stream: OnlineStream): boolean
  reset(stream: OnlineStream): void
  getResult(stream: OnlineStream): { readonly text: string }
}

export interface OfflineRecognizer {
  createStream(): SoundSink
  decode(stream: SoundSink): void
  getResult(stream: SoundSink): { readonly text: string; readonly lang?: string }
}

export interface OfflineTts {
  /** Samples from -1 to 1. */
  generate(request: { readonly text: string; readonly sid: number; readonly speed: number }): {
    readonly samples: Float32Array
    readonly sampleRate: number
  }
}

/** Undefined where the package is not installed, or has nothing for this processor. */
export function loadSherpaOnnx(): SherpaOnnx | undefined {
  try {
    return createRequire(import.meta.url)('sherpa-onnx-node') as SherpaOnnx
  } catch {
    return undefined
  }
}
