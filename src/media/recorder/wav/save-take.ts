import { join } from 'node:path'
import { codecs } from '../../codec/codecs.ts'
import type { CodecName } from '../../engine.ts'
import type { StoredPacket } from '../journal/audio-record.ts'
import type { Extent } from '../journal/journal.ts'
import { readExtent } from '../journal/read-extent.ts'
import { SegmentReader } from '../journal/segment-reader.ts'
import { Timeline } from '../timeline.ts'
import { writeWavFile } from './wav-file.ts'
import { WavWindow } from './wav-window.ts'

/** A take that ended, to be made a WAV file. It is sent to another thread, so it is plain data. */
export interface SaveJob {
  readonly recordingsDir: string
  /** Below the recordings folder. */
  readonly file: string
  readonly codec: CodecName
  /** Timestamp units that were announced; if less can be read back, the rest is silence. */
  readonly units: number
  readonly extent: Extent
}

/** Writes the WAV file of a take from the journal. Blocks. @throws the file system's error */
export function saveTake({ recordingsDir, file, codec, units, extent }: SaveJob): void {
  using reader = new SegmentReader()
  writeWavFile(join(recordingsDir, file), codecs[codec].sampleRate, (write) =>
    renderPackets(readExtent(extent, reader), codec, units, write),
  )
}

/**
 * Puts packets on the time axis and writes them as PCM.
 *
 * @param listen hears each packet with its place
 * @param atLeast timestamp units
 * @returns samples written
 */
export function renderPackets(
  packets: Iterable<StoredPacket>,
  codecName: CodecName,
  atLeast: number,
  write: (pcm: Uint8Array) => void,
  listen?: (position: number, payload: Uint8Array) => void,
): number {
  const codec = codecs[codecName]
  const timeline = new Timeline(codec.clockRate)
  const window = new WavWindow(codec, write)
  for (const { arrivedMs, sequence, timestamp, ssrc, payload } of packets) {
    const units = (codec.durationOf(payload) * codec.clockRate) / 1000
    const position = timeline.place(arrivedMs, sequence, timestamp, ssrc, units)
    if (position === undefined) continue
    window.add(timeline.start, position, payload)
    listen?.(position, payload)
  }
  window.finish(timeline.start, timeline.start + Math.max(timeline.length, atLeast))
  return window.length
}
