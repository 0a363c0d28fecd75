import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readWav } from '../../media/wav/read-wav.ts'
import { resample } from '../../media/wav/resample.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { systemReason } from '../../shared/system-reason.ts'

const TELEPHONE_RATE = 8000
const SAMPLE = join(import.meta.dirname, '../../../assets/prompts/test-caller.wav')

/** Programs that speak a text into a WAV file, the one that is understood best first. */
const VOICES: readonly {
  readonly command: string
  readonly args: (text: string, file: string) => string[]
}[] = [
  { command: 'flite', args: (text, file) => ['-voice', 'rms', '-t', text, '-o', file] },
  { command: 'espeak-ng', args: (text, file) => ['-w', file, '--', text] },
  { command: 'say', args: (text, file) => ['-o', file, '--data-format=LEI16@22050', '--', text] },
]

/** What the test caller says: 8 kHz mono PCM of a file, of a text spoken by a program of this machine, or the sample. */
export async function prepareSpeech(wish: {
  readonly say?: string
  readonly file?: string
}): Promise<Int16Array> {
  if (wish.say !== undefined) return speak(wish.say)
  return loadWav(wish.file ?? SAMPLE)
}

async function loadWav(file: string): Promise<Int16Array> {
  try {
    const { samples, sampleRate } = readWav(await readFile(file))
    return resample(samples, sampleRate, TELEPHONE_RATE)
  } catch (error) {
    throw new AnswerphoneError('AP_FILE_UNUSABLE', { file, why: systemReason(error) }, { cause: error })
  }
}

async function speak(text: string): Promise<Int16Array> {
  const folder = await mkdtemp(join(tmpdir(), 'answerphone-say-'))
  try {
    const file = join(folder, 'said.wav')
    for (const { command, args } of VOICES) {
      if (await runs(command, args(text, file))) return await loadWav(file)
    }
    throw new AnswerphoneError('AP_NO_VOICE', { voices: VOICES.map(({ command }) => command).join(', ') })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** False when there is no such program, or it fails. */
function runs(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore' })
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
}
