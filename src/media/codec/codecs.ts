import type { CodecName } from '../engine.ts'
import { aLaw, type Law, muLaw } from './g711.ts'
import { createG722Decoder, createG722Ear, createG722Encoder } from './g722.ts'
import {
  createOpusDecoder,
  createOpusEar,
  createOpusEncoder,
  OPUS_BITRATE,
  OPUS_FRAMES_MS,
  OPUS_RATE,
  OPUS_SILENCE,
  opusDuration,
} from './opus.ts'
import { saturate } from './saturate.ts'

/** 16-bit mono PCM, of any length, to payload bytes, which have room for all of them. Never throws. */
export type Encode = (pcm: Int16Array, into: Uint8Array) => void
/** A payload to 16-bit mono PCM, which has room for all of it. */
export interface Decode {
  (payload: Uint8Array, into: Int16Array): void
  /** Fills in for a payload that is lost, where the format knows how to; it may tell something of the one before it. */
  readonly conceal?: (into: Int16Array, following?: Uint8Array) => void
}

/** An audio format that a leg can speak. A new one is a new entry in `codecs`. */
export interface Codec {
  readonly name: CodecName
  /** RTP timestamp units a second. */
  readonly clockRate: number
  /** Samples a second of the PCM that it takes and gives. */
  readonly sampleRate: number
  /** Encoded bytes of one ms of what we send, constant for all formats. What comes may have other lengths. */
  readonly bytesPerMs: number
  /** What, repeated, is silence. */
  readonly silence: Uint8Array
  /** Set where each byte is a sample for itself, so that a table does for two of them. */
  readonly law?: Law
  /** How long our packets may be, in ms, the usual first and the shortest last; absent: of any length. */
  readonly framesMs?: readonly [number, ...number[]]
  /** How long the payload between these bytes sounds, in ms; 0 when it is none. */
  durationOf(bytes: Uint8Array, start?: number, end?: number): number
  /** Each stream has its own: what was said before shapes what comes. */
  openEncoder(): Encode
  openDecoder(): Decode
  /** Decodes to 8 kHz, as cheaply as it can be had: for who judges a sound, and does not listen to it. */
  openEar(): Decode
}

const BYTES_PER_MS = 8
const durationOf = (bytes: Uint8Array, start = 0, end = bytes.length) => (end - start) / BYTES_PER_MS

const g711 = (name: CodecName, law: Law): Codec => ({
  name,
  clockRate: 8000,
  sampleRate: 8000,
  bytesPerMs: BYTES_PER_MS,
  silence: Uint8Array.of(law.silence),
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
    silence: Uint8Array.of(0xff),
    durationOf,
    openEncoder: createG722Encoder,
    openDecoder: createG722Decoder,
    openEar: createG722Ear,
  },
  // RFC 7587 §4.1: the clock is 48 kHz whatever the sound is. 16 kHz are what a telephone's microphone gives.
  opus: {
    name: 'opus',
    clockRate: 48_000,
    sampleRate: OPUS_RATE,
    bytesPerMs: OPUS_BITRATE / 8000,
    silence: OPUS_SILENCE,
    framesMs: OPUS_FRAMES_MS,
    durationOf: opusDuration,
    openEncoder: createOpusEncoder,
    openDecoder: createOpusDecoder,
    openEar: createOpusEar,
  },
}

/** A timestamp of one clock in units of another. Where that is slower it jumps once a day, as its source does when it starts anew. */
export const rescale = (timestamp: number, from: Codec, to: Codec): number =>
  from.clockRate === to.clockRate ? timestamp : Math.floor((timestamp * to.clockRate) / from.clockRate) >>> 0

export const codecNames = Object.keys(codecs) as readonly CodecName[]

const crossings = new Map<string, Uint8Array>()

/** No volume control goes further, and the tables that are kept stay few. */
const MAX_GAIN_DB = 40

export const gainFactor = (db: number): number =>
  10 ** ((Math.max(-MAX_GAIN_DB, Math.min(MAX_GAIN_DB, Math.round(db))) || 0) / 20)

/** Louder or softer, in place. */
export function amplify(pcm: Int16Array, factor: number): void {
  for (let i = 0; i < pcm.length; i++) pcm[i] = saturate(Math.round((pcm[i] ?? 0) * factor))
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
