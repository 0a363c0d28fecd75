import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { VoiceModel } from '../../../src/sherpa/models/speech-model.ts'
import { type Node, type Port, type Tensor, writeOnnx } from './write-onnx.ts'

/** Samples a second. */
const SAMPLE_RATE = 8000
/** Of one token, in samples: 100 ms, in which each of its tones has whole waves. */
const TOKEN_SAMPLES = 800
const LOUDNESS = 0.4
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
/** All that it knows: letters, a space, and what Piper has at the beginning, at the end and between. All but the letters are silent. */
const TOKENS = [' ', ...LETTERS, '^', '$', '_']

/** What it makes of a letter, in Hz: 400 of an "a", 50 more of each that follows. */
export const pitchOf = (letter: string): number => 400 + 50 * LETTERS.indexOf(letter)

/** (1, tokens) → (1, tokens × samples): a tone for each. */
const speaking: readonly Node[] = [
  { op: 'Gather', inputs: ['turns', 'x'], outputs: ['pitch'] },
  { op: 'Unsqueeze', inputs: ['pitch', 'last'], outputs: ['pitches'] },
  { op: 'Mul', inputs: ['pitches', 'time'], outputs: ['angles'] },
  { op: 'Sin', inputs: ['angles'], outputs: ['waves'] },
  { op: 'Mul', inputs: ['waves', 'loudness'], outputs: ['sound'] },
  { op: 'Reshape', inputs: ['sound', 'row'], outputs: ['y'] },
]
const tensors = (loudness: number): readonly Tensor[] => [
  {
    ...{ name: 'turns', shape: [TOKENS.length] },
    values: Float32Array.from(TOKENS, (token) =>
      LETTERS.includes(token) ? 2 * Math.PI * pitchOf(token) : 0,
    ),
  },
  {
    ...{ name: 'time', shape: [TOKEN_SAMPLES] },
    values: Float32Array.from({ length: TOKEN_SAMPLES }, (_, n) => n / SAMPLE_RATE),
  },
  { name: 'loudness', shape: [1], values: Float32Array.of(loudness) },
  { name: 'last', shape: [1], values: BigInt64Array.of(-1n) },
  { name: 'row', shape: [2], values: BigInt64Array.of(1n, -1n) },
]
const tokens: readonly Port[] = [
  { name: 'x', type: 'int64', shape: [1, 'tokens'] },
  { name: 'x_length', type: 'int64', shape: [1] },
]
const number = (name: string): Port => ({ name, type: 'float', shape: [1] })

const scales: Port = { name: 'scales', type: 'float', shape: [3] }

/**
 * As VITS models are exported for sherpa-onnx: by Coqui, whose tokens are characters, in German; the one of LJ Speech, whose words stand in a lexicon,
 * and Piper's, which want espeak-ng's data beside them, in English.
 */
const KINDS = {
  characters: {
    inputs: [...tokens, scales],
    metadata: { comment: 'coqui', language: 'German', frontend: 'characters', use_eos_bos: 0 },
  },
  lexicon: {
    inputs: [...tokens, number('noise_scale'), number('length_scale'), number('noise_scale_w')],
    metadata: { comment: 'ljspeech', language: 'English', punctuation: '' },
  },
  piper: {
    inputs: [...tokens, scales],
    metadata: { comment: 'piper', language: 'English', voice: 'en-us', has_espeak: 1 },
  },
} as const

export type TinyVoice = keyof typeof KINDS

/**
 * Writes a voice for sherpa-onnx into a folder, of a few kilobytes: it whistles a tone for each letter. Like the tiny model that listens, it goes through
 * all that real ones go through.
 */
export function writeTinyVoice(
  folder: string,
  kind: TinyVoice,
  change: { readonly loudness?: number; readonly metadata?: Readonly<Record<string, string>> } = {},
): void {
  mkdirSync(folder, { recursive: true })
  const { inputs, metadata } = KINDS[kind]
  const model = writeOnnx({
    inputs,
    outputs: [{ name: 'y', type: 'float', shape: [1, 'samples'] }],
    nodes: speaking,
    tensors: tensors(change.loudness ?? LOUDNESS),
    metadata: {
      model_type: 'vits',
      ...{ add_blank: 0, n_speakers: 1, sample_rate: SAMPLE_RATE },
      ...metadata,
      ...change.metadata,
    },
  })
  writeFileSync(join(folder, `${kind}.onnx`), model)
  writeFileSync(join(folder, 'tokens.txt'), TOKENS.map((token, id) => `${token} ${id}\n`).join(''))
  // Each word of one letter, and each of one letter that is repeated.
  const words = LETTERS.flatMap((letter) =>
    [1, 2, 3, 4, 5].map((n) => [letter.repeat(n), ...letter.repeat(n)].join(' ')),
  )
  if (kind === 'lexicon') writeFileSync(join(folder, 'lexicon.txt'), `${words.join('\n')}\n`)
}

/** The same, as our voice is told of it. */
export const tinyVoice = (folder: string, kind: 'characters' | 'lexicon'): VoiceModel => ({
  kind: 'vits',
  parts: { model: join(folder, `${kind}.onnx`) },
  tokens: join(folder, 'tokens.txt'),
  ...(kind === 'lexicon' && { lexicon: join(folder, 'lexicon.txt') }),
  language: kind === 'lexicon' ? 'en' : 'de',
})
