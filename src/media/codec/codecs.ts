import type { CodecName } from '../engine.ts'
import { aLaw, type Law, muLaw } from './g711.ts'
import { createG722Decoder, createG722Ear, createG722Encoder } from './g722.ts'

/** 16-bit mono PCM to payload bytes, which have room for all of them. */
export type Encode = (pcm: Int16Array, into: Uint8Array) => void
/** A payload to 16-bit mono PCM, which has room for all of it. */
export type Decode = (payload: Uint8Array, into: Int16Array) => void

/** An audio format that a leg can speak. A new one is a new entry in `codecs`. */
export interface Codec {
  readonly name: CodecName
  /** RTP timestamp units a second. */
  readonly clockRate: number
  /** Samples a second of the PCM that it takes and gives. */
  readonly sampleRate: number
  /** Encoded bytes of one ms: constant for the formats so far. */
  readonly bytesPerMs: number
  /** The byte that, repeated, is silence. */
  readonly silence: number
  /** Set where each byte is a sample for itself, so that a table does for two of them. */
  readonly law?: Law
  /** How long a payload sounds, in ms. */
  durationOf(payload: Uint8Array): number
  /** Each stream has its own: what was said before shapes what comes. */
  openEncoder(): Encode
  openDecoder(): Decode
  /** Decodes to 8 kHz, as cheaply as it can be had: for who judges a sound, and does not listen to it. */
  openEar(): Decode
}

const BYTES_PER_MS = 8
const durationOf = (payload: Uint8Array) => payload.length / BYTES_PER_MS

const g711 = (name: CodecName, law: Law): Codec => ({
  name,
  clockRate: 8000,
  sampleRate: 8000,
  bytesPerMs: BYTES_PER_MS,
  silence: law.silence,
  law,
  durationOf,
  openEncoder: () => law.encode,
  openDecoder: () => law.decode,
  openEar: () => law.decode,
})

export const codecs: Readonly<Record<CodecName, Codec>> = {
  // RFC 3551 §6: PCMU and PCMA, 8,000 Hz, one byte a sample.
  PCMU: g711('PCMU', muLaw),
  PCMA: g711('PCMA', aLaw),
  // RFC 3551 §4.5.2: sampled at 16 kHz, its clock is 8 kHz all the same, by an old mistake that stays.
  G722: {
    name: 'G722',
    clockRate: 8000,
    sampleRate: 16_000,
    bytesPerMs: BYTES_PER_MS,
    silence: 0xff,
    durationOf,
    openEncoder: createG722Encoder,
    openDecoder: createG722Decoder,
    openEar: createG722Ear,
  },
}

export const codecNames = Object.keys(codecs) as readonly CodecName[]

const crossings = new Map<string, Uint8Array>()

/** No volume control goes further, and the tables that are kept stay few. */
const MAX_GAIN_DB = 40

export const gainFactor = (db: number): number =>
  10 ** ((Math.max(-MAX_GAIN_DB, Math.min(MAX_GAIN_DB, Math.round(db))) || 0) / 20)

/** Louder or softer, in place. */
export function amplify(pcm: Int16Array, factor: number): void {
  for (let i = 0; i < pcm.length; i++)
    pcm[i] = Math.max(-32_768, Math.min(32_767, Math.round((pcm[i] ?? 0) * factor)))
}

/** The table from one law's codes to the other's (G.711 §3.6), louder or softer by whole dB. */
export function crossing(from: Law, to: Law, gainDb = 0): Uint8Array {
  const factor = gainFactor(gainDb)
  const key = `${from.silence}>${to.silence}*${factor}`
  const known = crossings.get(key)
  if (known) return known
  const pcm = new Int16Array(256)
  const table = new Uint8Array(256)
  from.decode(
    Uint8Array.from({ length: 256 }, (_, code) => code),
    pcm,
  )
  amplify(pcm, factor)
  to.encode(pcm, table)
  crossings.set(key, table)
  return table
}
