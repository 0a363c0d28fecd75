import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './processes.ts'

/** 20 ms of G.711. */
const FRAME_BYTES = 160

/** pocketsphinx looks at fewer possibilities: half the work, and the sentences of these tests are understood as well. */
const QUICKLY = ['-topn', '2', '-maxhmmpf', '3000', '-maxwpf', '10', '-fwdflat', 'no']

/** Debian's recogniser, word by word, as a command for the machine (docs/transcription.md). */
export const POCKETSPHINX = `/usr/bin/python3 ${join(import.meta.dirname, '../../examples/pocketsphinx-live.py')}`

/** A sentence in the voice that the recogniser understands best, in the forms that the peers want. */
export interface Spoken {
  readonly text: string
  /** 8 kHz 16-bit mono WAV. */
  readonly wav: string
  /** The same at 16 kHz. */
  readonly wide: string
  /** Raw G.711 µ-law and A-law at 8 kHz. */
  readonly ulaw: string
  readonly alaw: string
}

/** Speaks with flite. `padSeconds` of silence follow, for clients that hang up when their file ends; all of it `times` over. */
export async function speak(
  text: string,
  { padSeconds = 0, leadSeconds = 0, times = 1 } = {},
): Promise<Spoken> {
  const folder = mkdtempSync(join(tmpdir(), 'spoken-'))
  const at = (name: string) => join(folder, name)
  await run('flite', ['-voice', 'rms', '-t', text, '-o', at('raw.wav')])
  const padded = ['pad', `${leadSeconds}`, `${padSeconds}`, 'repeat', `${times - 1}`]
  const mono = ['-c', '1', '-b', '16']
  await run('sox', [at('raw.wav'), '-r', '8000', ...mono, at('said.wav'), ...padded])
  await run('sox', [at('raw.wav'), '-r', '16000', ...mono, at('wide.wav'), ...padded])
  await run('sox', [at('said.wav'), '-t', 'raw', '-e', 'mu-law', '-b', '8', at('said.ulaw')])
  await run('sox', [at('said.wav'), '-t', 'raw', '-e', 'a-law', '-b', '8', at('said.alaw')])
  return { text, wav: at('said.wav'), wide: at('wide.wav'), ulaw: at('said.ulaw'), alaw: at('said.alaw') }
}

/** Speaks several sentences, each so many seconds after the first sound of the file. */
export async function speakAt(
  parts: readonly (readonly [atSeconds: number, text: string])[],
): Promise<Spoken> {
  const folder = mkdtempSync(join(tmpdir(), 'spoken-'))
  const spoken = await Promise.all(parts.map(([atSeconds, text]) => speak(text, { leadSeconds: atSeconds })))
  const mixed = async (name: string, files: readonly string[]) => {
    const out = join(folder, name)
    await run('sox', ['-m', ...files.flatMap((file) => ['-v', '1', file]), out, 'pad', '0', '60'])
    return out
  }
  const wav = await mixed(
    'said.wav',
    spoken.map(({ wav }) => wav),
  )
  const wide = await mixed(
    'wide.wav',
    spoken.map(({ wide }) => wide),
  )
  const raw = async (law: 'mu-law' | 'a-law') => {
    const out = join(folder, `said.${law}`)
    await run('sox', [wav, '-t', 'raw', '-e', law, '-b', '8', out])
    return out
  }
  return {
    text: parts.map(([, text]) => text).join(' '),
    wav,
    wide,
    ulaw: await raw('mu-law'),
    alaw: await raw('a-law'),
  }
}

/**
 * Writes down what telephone audio says. Debian's model wants 16 kHz; each sample is doubled, because the image of the
 * spectrum fills 4–8 kHz better than the silence that a proper resampler leaves.
 */
export async function transcribe(wav: string | Buffer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'heard-'))
  const file = typeof wav === 'string' ? wav : join(folder, 'in.wav')
  if (typeof wav !== 'string') writeFileSync(file, wav)
  const raw = join(folder, 'in.raw')
  await run('sox', [file, '-r', '8000', '-c', '1', '-t', 'raw', '-e', 'signed', '-b', '16', raw])
  const doubled = join(folder, 'doubled.wav')
  const samples = readFileSync(raw)
  const twice = Buffer.alloc(samples.length * 2)
  for (let i = 0; i + 1 < samples.length; i += 2) {
    twice[i * 2] = twice[i * 2 + 2] = samples[i] ?? 0
    twice[i * 2 + 1] = twice[i * 2 + 3] = samples[i + 1] ?? 0
  }
  const doubledRaw = join(folder, 'doubled.raw')
  writeFileSync(doubledRaw, twice)
  await run('sox', ['-t', 'raw', '-r', '16000', '-e', 'signed', '-b', '16', '-c', '1', doubledRaw, doubled])
  return run('pocketsphinx_continuous', ['-infile', doubled, '-logfn', '/dev/null', ...QUICKLY])
}

/** How many of the key words a transcript holds: recognisers err, so tests ask for most of them. */
export function wordsHeard(transcript: string, words: readonly string[]): string[] {
  const heard = new Set(transcript.toLowerCase().split(/\W+/))
  return words.filter((word) => heard.has(word.toLowerCase()))
}

/** Whether most of what was said, a sentence of six or seven words, is in the transcript. */
export const isUnderstood = (transcript: string, said: string): boolean =>
  wordsHeard(transcript, said.split(' ')).length >= 4

/** A file for a browser's microphone that says this again and again. */
export async function microphoneThatSays(text: string): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'microphone-')), 'microphone.wav')
  await run('sox', [(await speak(text, { padSeconds: 0.7 })).wav, '-r', '48000', file])
  return file
}

/** A speaker for telephones: the µ-law payload of his n-th packet (20 ms), who says this again and again. */
export async function talkerWhoSays(text: string): Promise<(index: number) => Buffer> {
  const voice = readFileSync((await speak(text, { padSeconds: 0.7 })).ulaw)
  return (index) => {
    const from = (index % Math.floor(voice.length / FRAME_BYTES)) * FRAME_BYTES
    return voice.subarray(from, from + FRAME_BYTES)
  }
}

/** How loud a recording is between two frequencies, related to all of it, in dB. */
export async function bandDb(wav: string, from: string, to: string): Promise<number> {
  const rms = async (...effects: string[]) => {
    const said = await run('sh', ['-c', 'sox "$0" -n "$@" stat 2>&1', wav, ...effects])
    return Number(/RMS\s+amplitude:\s+([\d.]+)/.exec(said)?.[1])
  }
  return 20 * Math.log10((await rms('sinc', `${from}-${to}`)) / (await rms()))
}
