import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { aLaw, type Law, muLaw } from '../media/codec/g711.ts'
import { readWav, type WavAudio, WavError } from '../media/wav/read-wav.ts'
import { AnswerphoneError } from '../shared/errors.ts'

const run = promisify(execFile)

const LARGEST_BYTES = 256 * 1024 * 1024
const CONVERT_MS = 60_000
const RAW_RATE = 8000

/** Files of bare samples, as Asterisk names them. */
const BARE: Readonly<Record<string, (bytes: Buffer) => WavAudio>> = {
  '.ulaw': companded(muLaw),
  '.pcm': companded(muLaw),
  '.alaw': companded(aLaw),
  '.sln': (bytes) => ({ samples: linear(bytes), sampleRate: RAW_RATE }),
  '.sln16': (bytes) => ({ samples: linear(bytes), sampleRate: 2 * RAW_RATE }),
}

/** Programs that know GSM, G.722, MP3 and the like, in the order in which they are tried; both write a WAV file. */
const CONVERTERS: readonly (readonly [program: string, args: (file: string) => readonly string[]])[] = [
  ['sox', (file) => [file, '-t', 'wav', '-e', 'signed-integer', '-b', '16', '-c', '1', '-']],
  ['ffmpeg', (file) => ['-v', 'error', '-i', file, '-ac', '1', '-f', 'wav', '-']],
]

/**
 * The sound of the first of these files that can be read: WAV and bare samples by ourselves, all else (GSM, which
 * Asterisk likes, also within WAV; MP3, Opus) by sox or ffmpeg, where one is installed. Rejects with AP_SOUND_UNREADABLE.
 */
export async function decodeSound(files: readonly string[]): Promise<WavAudio> {
  let why = 'it has no sound file'
  for (const file of files) {
    try {
      const audio = await decode(resolve(file))
      if (audio.samples.length > 0) return audio
      why = 'it holds no sound'
    } catch (error) {
      why = error instanceof Error ? error.message : String(error)
    }
  }
  throw new AnswerphoneError('AP_SOUND_UNREADABLE', { file: files[0] ?? '', why })
}

async function decode(file: string): Promise<WavAudio> {
  if ((await stat(file)).size > LARGEST_BYTES) throw new Error('it is too large for a message')
  const bare = BARE[extname(file)]
  if (bare) return bare(await readFile(file))
  try {
    return readWav(await readFile(file))
  } catch (error) {
    if (!(error instanceof WavError)) throw error
    return await convert(file, error)
  }
}

async function convert(file: string, problem: WavError): Promise<WavAudio> {
  for (const [program, args] of CONVERTERS) {
    try {
      const { stdout } = await run(program, args(file), {
        encoding: 'buffer',
        maxBuffer: LARGEST_BYTES,
        timeout: CONVERT_MS,
      })
      return readWav(stdout)
    } catch {
      // It is not installed, or does not know this format: the next one.
    }
  }
  throw new WavError(
    `${problem.message}, and neither sox nor ffmpeg could read it (is one of them installed?)`,
  )
}

function companded(law: Law): (bytes: Buffer) => WavAudio {
  return (bytes) => {
    const samples = new Int16Array(bytes.length)
    law.decode(bytes, samples)
    return { samples, sampleRate: RAW_RATE }
  }
}

function linear(bytes: Buffer): Int16Array {
  const samples = new Int16Array(bytes.length >> 1)
  for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(2 * i)
  return samples
}
