import type { CodecName } from '../engine.ts'
import { aLaw, type Law, muLaw } from './g711.ts'

/** An audio format that a leg can speak. A new one is a new entry in `codecs`. */
export interface Codec {
  readonly name: CodecName
  /** RTP clock rate in Hz: timestamp units a second. */
  readonly clockRate: number
  /** Encoded bytes of one ms: constant for the formats so far. */
  readonly bytesPerMs: number
  /** The byte that encodes silence. */
  readonly silence: number
  /** 16-bit mono PCM at `clockRate` to payload bytes, which have room for all of them. */
  encode(pcm: Int16Array, into: Uint8Array): void
  decode(payload: Uint8Array, into: Int16Array): void
}

const g711 = (name: CodecName, law: Law): Codec => ({ name, clockRate: 8000, bytesPerMs: 8, ...law })

/** RFC 3551 §6: PCMU and PCMA, 8,000 Hz, one byte a sample. */
export const codecs: Readonly<Record<CodecName, Codec>> = {
  PCMU: g711('PCMU', muLaw),
  PCMA: g711('PCMA', aLaw),
}

const crossings = new Map<string, Uint8Array>()

/**
 * The table from one law's codes to the other's (G.711 §3.6), for a take whose caller changes codec halfway: the take
 * stays in the codec it began with.
 */
export function crossing(from: CodecName, to: CodecName): Uint8Array {
  const key = `${from}>${to}`
  const known = crossings.get(key)
  if (known) return known
  const pcm = new Int16Array(256)
  const table = new Uint8Array(256)
  codecs[from].decode(
    Uint8Array.from({ length: 256 }, (_, code) => code),
    pcm,
  )
  codecs[to].encode(pcm, table)
  crossings.set(key, table)
  return table
}
