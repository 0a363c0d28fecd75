import { spawn } from 'node:child_process'
import { readWav, WavError } from '../media/wav/read-wav.ts'
import { writeWav } from '../media/wav/write-wav.ts'
import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Voice } from './voice.ts'

const LANGUAGE = '{lang}'
const LONGEST_MS = 60_000
/** Five minutes of 48 kHz mono at 16 bits, and some: no greeting is longer. */
const MOST_BYTES = 32 * 1024 * 1024

/**
 * The voice of an external command, run by the shell: it reads the text on its standard input and writes a WAV file to its
 * standard output. The text is nowhere but there, so that no word of it is taken for an order. `{lang}` in the command is the
 * text's language: `en` or `de`.
 */
export const commandVoice = (command: string, clock: Clock): Voice => ({
  async speak(text, language) {
    try {
      const { samples, sampleRate } = readWav(await run(command.replaceAll(LANGUAGE, language), text, clock))
      return Buffer.from(writeWav(samples, sampleRate))
    } catch (error) {
      if (!(error instanceof WavError)) throw error
      throw failed(`what it wrote can't be read: ${error.message}`, error)
    }
  },
})

const failed = (why: string, cause?: unknown) => new AnswerphoneError('AP_VOICE_FAILED', { why }, { cause })

/** What the command writes to its standard output. */
function run(command: string, input: string, clock: Clock): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, detached: true, stdio: 'pipe' })
    const written: Buffer[] = []
    let bytes = 0
    let complaint = ''
    const end = (settle: () => void) => {
      timer.cancel()
      settle()
    }
    const giveUp = (why: string) => {
      // The shell's children, too: the command may be a pipe of several.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
      end(() => reject(failed(why)))
    }
    const timer = clock.setTimer(LONGEST_MS, () => giveUp(`it took longer than ${LONGEST_MS / 1000} s`))
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > MOST_BYTES) giveUp('it wrote more than a greeting can be')
      else written.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk}`.slice(-500)
    })
    child.on('error', (error) => end(() => reject(failed(error.message, error))))
    child.on('close', (code) => {
      const said = complaint.trim().split('\n').at(-1)
      if (code === 0) end(() => resolve(Buffer.concat(written)))
      else end(() => reject(failed(`it ended with ${code ?? 'a signal'}${said ? `: ${said}` : ''}`)))
    })
    // It may end without having read.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
