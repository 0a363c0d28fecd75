import { WAV_HEADER_BYTES, wavHeader } from './wav-header.ts'

/** A WAV file of 16-bit mono PCM. For whole clips; recordings are streamed by the recorder. */
export function writeWav(samples: Int16Array, sampleRate: number): Buffer {
  const file = Buffer.alloc(WAV_HEADER_BYTES + samples.length * 2)
  wavHeader(sampleRate, samples.length).copy(file)
  for (let i = 0; i < samples.length; i++) file.writeInt16LE(samples[i] ?? 0, WAV_HEADER_BYTES + i * 2)
  return file
}
