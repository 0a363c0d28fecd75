import { audioUrl } from './messages.ts'

/** To be drawn and measured a recording needs no more, and it is the least that all browsers take. */
export const SAMPLE_RATE = 8000

let last: { readonly id: string; readonly samples: Promise<Float32Array> } | undefined

/** The recording's samples, between -1 and 1, at SAMPLE_RATE. The last one asked for is kept: outline and player share it. */
export function readRecording(id: string): Promise<Float32Array> {
  if (last?.id !== id) last = { id, samples: decode(id) }
  const { samples } = last
  // One that could not be read may only not have been ready yet.
  samples.catch(() => {
    if (last?.samples === samples) last = undefined
  })
  return samples
}

async function decode(id: string): Promise<Float32Array> {
  const response = await fetch(audioUrl(id))
  if (!response.ok) throw new Error(`audio: ${response.status}`)
  // An OfflineAudioContext resamples to its own rate.
  const sound = await new OfflineAudioContext(1, 1, SAMPLE_RATE).decodeAudioData(await response.arrayBuffer())
  return sound.getChannelData(0)
}
