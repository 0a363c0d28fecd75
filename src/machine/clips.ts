import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BEEP, GOODBYE, NO_ROOM, TIME_OVER } from '../call/orders.ts'
import type { MediaEngine } from '../media/engine.ts'
import { beep, synthesize } from '../media/tones.ts'
import { readWav } from '../media/wav/read-wav.ts'
import type { Log } from '../shared/log.ts'
import type { Greeting } from '../store/model.ts'

const PROMPTS = join(import.meta.dirname, '../../assets/prompts')
const SHIPPED_GREETING = 'greeting'
/** Path of the WAV file of the greeting that callers hear where the owner has chosen none. */
export const SHIPPED_GREETING_FILE = join(PROMPTS, `${SHIPPED_GREETING}.wav`)

/** What callers hear, loaded into media and encoded there once for all calls. */
export interface Clips {
  /** The clip of a mailbox's greeting: the owner's if there is one and its file can be read, else the shipped one. */
  greetingFor(greeting: Greeting | undefined): Promise<string>
}

/** Loads the beep and the prompts that ship with the project. Rejects when they are missing. */
export async function loadClips(options: {
  readonly media: Pick<MediaEngine, 'loadClip'>
  readonly greetingsDir: string
  readonly log: Log
}): Promise<Clips> {
  const { media, log } = options
  const loaded = new Map<string, Promise<string>>()

  async function load(clip: string, file: string): Promise<string> {
    const { samples, sampleRate } = readWav(await readFile(file))
    await media.loadClip(clip, samples, sampleRate)
    return clip
  }

  await media.loadClip(BEEP, synthesize(beep), 8000)
  await Promise.all(
    [SHIPPED_GREETING, TIME_OVER, GOODBYE, NO_ROOM].map((clip) => load(clip, join(PROMPTS, `${clip}.wav`))),
  )

  return {
    async greetingFor(greeting) {
      if (!greeting) return SHIPPED_GREETING
      const clip = `greeting-${greeting.id}`
      const loading = loaded.get(clip) ?? load(clip, join(options.greetingsDir, greeting.file))
      loaded.set(clip, loading)
      try {
        return await loading
      } catch (error) {
        loaded.delete(clip)
        log.error(
          { err: error, greeting: greeting.name },
          'a greeting can not be read; callers hear the shipped one',
        )
        return SHIPPED_GREETING
      }
    },
  }
}
