import { createRequire } from 'node:module'

/** What we use of sherpa-onnx-node, which has no types of its own. */
export interface SherpaOnnx {
  readonly OnlineRecognizer: new (config: object) => OnlineRecognizer
  readonly OfflineRecognizer: new (config: object) => OfflineRecognizer
}

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

/** Undefined where the package is not installed, or has nothing for this processor. */
export function loadSherpaOnnx(): SherpaOnnx | undefined {
  try {
    return createRequire(import.meta.url)('sherpa-onnx-node') as SherpaOnnx
  } catch {
    return undefined
  }
}
