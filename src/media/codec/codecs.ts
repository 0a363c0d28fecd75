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

/** No volume control goes further, and the tables that are kept stay few. */
const MAX_GAIN_DB = 40

/**
 * The table from one law's codes to the other's (G.711 §3.6), louder or softer by whole dB. For a take whose caller
 * changes codec halfway (it stays in the codec it began with), and for two legs that speak differently.
 */
export function crossing(from: CodecName, to: CodecName, gainDb = 0): Uint8Array {
  const gain = Math.max(-MAX_GAIN_DB, Math.min(MAX_GAIN_DB, Math.round(gainDb))) || 0
  const key = `${from}>${to}${gain}`
  const known = crossings.get(key)
  if (known) return known
  const pcm = new Int16Array(256)
  const table = new Uint8Array(256)
  codecs[from].decode(
    Uint8Array.from({ length: 256 }, (_, code) => code),
    pcm,
  )
  const factor = 10 ** (gain / 20)
  for (const [code, sample] of pcm.entries())
    pcm[code] = Math.max(-32_768, Math.min(32_767, Math.round(sample * factor)))
  codecs[to].encode(pcm, table)
  crossings.set(key, table)
  return table
}
