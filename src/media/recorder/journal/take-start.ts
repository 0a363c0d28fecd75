import { codecs } from '../../codec/codecs.ts'
import type { CodecName } from '../../engine.ts'

/** The body of a start record: what recovery needs to know of a take beside its audio. */
export interface TakeStart {
  readonly takeId: string
  readonly codec: CodecName
  /** Wall time of the first packet. */
  readonly startedAt: number
  readonly meta: Readonly<Record<string, unknown>>
}

export const writeTakeStart = (start: TakeStart): Buffer => Buffer.from(JSON.stringify(start))

/** Undefined when it is not one: then it was written by another version. */
export function readTakeStart(body: Buffer): TakeStart | undefined {
  try {
    const { takeId, codec, startedAt, meta } = JSON.parse(body.toString())
    // The id becomes a file name.
    if (!/^[\w-]+$/.test(takeId) || !Object.hasOwn(codecs, codec) || !Number.isFinite(startedAt))
      return undefined
    return { takeId, codec, startedAt, meta: meta ?? {} }
  } catch {
    return undefined
  }
}

/** Where a take's WAV file stands below the recordings folder: YYYY/MM/id.wav, in UTC. */
export function recordingFile({ takeId, startedAt }: Pick<TakeStart, 'takeId' | 'startedAt'>): string {
  const date = new Date(startedAt)
  return `${date.getUTCFullYear()}/${String(date.getUTCMonth() + 1).padStart(2, '0')}/${takeId}.wav`
}
