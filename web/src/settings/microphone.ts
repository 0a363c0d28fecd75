import { measure } from '../levels/measure.ts'
import type { Clip } from './clip.ts'

/** Twice what a telephone line carries; the machine makes of it what the caller's line takes. */
const RATE = 16_000
/** The machine takes no longer greeting. */
const LONGEST_MS = 300_000

/** Why there is no recording. */
export class MicrophoneError extends Error {
  readonly reason: 'insecure' | 'refused'

  constructor(reason: 'insecure' | 'refused') {
    super(reason)
    this.reason = reason
  }
}

/** Browsers lend the microphone to secure origins only. */
export const hasMicrophone = (): boolean => navigator.mediaDevices !== undefined && 'MediaRecorder' in window

/** A recording that goes on. */
export interface Recording {
  /** Ends it, gives the microphone back, and resolves with what was said. */
  stop(): Promise<Clip>
}

/** Begins to record; `onLevel` gets the peak of the last moment, 0 to 1. Rejects with MicrophoneError. */
export async function startRecording(
  onLevel: (peak: number) => void,
  onFull: () => void,
): Promise<Recording> {
  if (!hasMicrophone()) throw new MicrophoneError('insecure')
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: { channelCount: 1, echoCancellation: false } })
    .catch(() => {
      throw new MicrophoneError('refused')
    })
  const stopMeasuring = measure(stream, onLevel)
  const full = window.setTimeout(onFull, LONGEST_MS)
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 128_000 })
  const pieces: Blob[] = []
  recorder.ondataavailable = ({ data }) => pieces.push(data)
  recorder.start()

  return {
    async stop() {
      const ended = new Promise((done) => recorder.addEventListener('stop', done, { once: true }))
      recorder.stop()
      await ended
      stopMeasuring()
      window.clearTimeout(full)
      for (const track of stream.getTracks()) track.stop()
      return readSound(new Blob(pieces, { type: recorder.mimeType }))
    },
  }
}

/** The sound of a file, of whatever kind the browser plays, as one channel. Rejects when it plays none such. */
export async function readSound(file: Blob): Promise<Clip> {
  const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await file.arrayBuffer())
  const samples = new Float32Array(sound.length)
  for (let channel = 0; channel < sound.numberOfChannels; channel++) {
    const one = sound.getChannelData(channel)
    for (let place = 0; place < samples.length; place++)
      samples[place] = (samples[place] ?? 0) + (one[place] ?? 0) / sound.numberOfChannels
  }
  return { samples, rate: RATE }
}

/** Plays a clip; returns how to stop it. */
export function playClip({ samples, rate }: Clip, onEnd: () => void): () => void {
  const context = new AudioContext()
  const buffer = context.createBuffer(1, Math.max(1, samples.length), rate)
  buffer.copyToChannel(new Float32Array(samples), 0)
  const source = new AudioBufferSourceNode(context, { buffer })
  source.connect(context.destination)
  source.onended = () => {
    void context.close()
    onEnd()
  }
  source.start()
  return () => source.stop()
}
