import { mkdtemp, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { entryBeside } from '../../shared/entry-beside.ts'
import { AnswerphoneError } from '../../shared/errors.ts'

/** What a recording can be had as, besides the WAV file that it is. */
export type EncodedFormat = 'mp3' | 'opus'

/** What the thread is told. */
export interface EncodeOrder {
  readonly from: string
  readonly to: string
  readonly format: EncodedFormat
}

/** A file that is gone once it is disposed of. */
export interface EncodedFile extends AsyncDisposable {
  readonly path: string
}

export type EncodeRecording = (wav: string, format: EncodedFormat) => Promise<EncodedFile>

/** An hour of talk costs a core 10 s (MP3) or 46 s (Opus): whoever comes after so many is told to come back. */
const MOST_AT_ONCE = 8

/**
 * Encodes recordings, one at a time, each in a thread that ends with it, so that no call notices. Nothing is kept: a
 * recording that is removed leaves no copy behind. The file has the recording's time, and with it its entity tag.
 * Rejects with AP_ENCODER_BUSY and AP_ENCODING_FAILED.
 */
export function createEncoder(): EncodeRecording {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (wav, format) => {
    if (waiting >= MOST_AT_ONCE) throw new AnswerphoneError('AP_ENCODER_BUSY')
    waiting++
    const made = last.then(() => encode(wav, format)).finally(() => waiting--)
    last = made.catch(() => {})
    return made
  }
}

async function encode(from: string, format: EncodedFormat): Promise<EncodedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'answerphone-encoded-'))
  const path = join(folder, `message.${format}`)
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await runThread({ from, to: path, format })
    const { mtime } = await stat(from)
    await utimes(path, mtime, mtime)
  } catch (error) {
    await remove()
    const why = error instanceof Error ? error.message : String(error)
    throw new AnswerphoneError('AP_ENCODING_FAILED', { format, why }, { cause: error })
  }
  return { path, [Symbol.asyncDispose]: remove }
}

function runThread(order: EncodeOrder): Promise<void> {
  const worker = new Worker(entryBeside(import.meta.url, 'encode-thread'), {
    name: 'encoder',
    execArgv: [],
    workerData: order,
  })
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`it ended with ${code}`))))
  })
}
