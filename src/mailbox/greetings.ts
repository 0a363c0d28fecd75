import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readWav, WavError } from '../media/wav/read-wav.ts'
import { resampleInPortions } from '../media/wav/resample.ts'
import { writeWav } from '../media/wav/write-wav.ts'
import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { MakeId } from '../shared/ids.ts'
import type { Greeting } from '../store/model.ts'
import type { GreetingStore } from '../store/store.ts'
import { levelOut } from './level-out.ts'
import { pathBelow } from './path-below.ts'

/** Wideband, the best that a telephone speaks; G.711 takes half of it. */
const STORED_RATE = 16_000
const LONGEST_MS = 300_000

/** The owner's greetings: rows and files in step. Rows come after files, and go before them. */
export interface Greetings {
  /**
   * Takes a WAV file of the usual formats (media/wav/read-wav), up to 5 minutes, and stores it as 16-bit mono at
   * telephone level. Rejects with AP_GREETING_UNREADABLE, AP_GREETING_TOO_LONG or AP_NAME_TAKEN.
   */
  add(name: string, wav: Uint8Array): Promise<Greeting>
  list(): Promise<readonly Greeting[]>
  /** `key` is an id or a name. Mailboxes that had it go back to the shipped greeting. */
  remove(key: string): Promise<void>
  /** Path of its WAV file. */
  audioFile(key: string): Promise<string>
}

export interface GreetingsOptions {
  readonly store: GreetingStore
  readonly dir: string
  readonly clock: Clock
  readonly makeId: MakeId
}

export function createGreetings({ store, dir, clock, makeId }: GreetingsOptions): Greetings {
  const need = async (key: string): Promise<Greeting> => {
    const greeting = await store.get(key)
    if (!greeting) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'greeting', id: key })
    return greeting
  }

  return {
    list: () => store.list(),
    async add(name, wav) {
      const { samples, sampleRate } = read(wav)
      const pcm = await resampleInPortions(samples, sampleRate, STORED_RATE, clock)
      const id = makeId()
      const greeting: Greeting = {
        id,
        name,
        file: `${id}.wav`,
        durationMs: Math.round((pcm.length * 1000) / STORED_RATE),
        createdAt: clock.now(),
      }
      const path = join(dir, greeting.file)
      await mkdir(dir, { recursive: true })
      await writeDurably(path, writeWav(levelOut(pcm), STORED_RATE))
      try {
        await store.add(greeting)
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
      return greeting
    },
    async remove(key) {
      const { id, file } = await need(key)
      await store.remove(id)
      const path = pathBelow(dir, file)
      if (path !== undefined) await rm(path, { force: true })
    },
    async audioFile(key) {
      const { id, file } = await need(key)
      const path = pathBelow(dir, file)
      if (path === undefined) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'greeting', id })
      return path
    },
  }
}

function read(wav: Uint8Array) {
  try {
    const audio = readWav(wav)
    if (audio.samples.length === 0) throw new WavError('it has no audio')
    const lastsMs = (audio.samples.length * 1000) / audio.sampleRate
    if (lastsMs > LONGEST_MS)
      throw new AnswerphoneError('AP_GREETING_TOO_LONG', {
        seconds: Math.round(lastsMs / 1000),
        longest: LONGEST_MS / 1000,
      })
    return audio
  } catch (error) {
    if (!(error instanceof WavError)) throw error
    throw new AnswerphoneError('AP_GREETING_UNREADABLE', { why: error.message }, { cause: error })
  }
}

/** The file is there whole or not at all, whatever happens. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const growing = `${path}.new`
  const handle = await open(growing, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.datasync()
  } catch (error) {
    await rm(growing, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await rename(growing, path)
}
