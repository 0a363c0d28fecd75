import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  BEEP,
  GATE_NAME,
  GOODBYE,
  gateKey,
  NO_ROOM,
  NOT_PUT_THROUGH,
  NOT_TAKEN,
  TIME_OVER,
} from '../call/orders.ts'
import type { MediaEngine } from '../media/engine.ts'
import { ringToneClips } from '../media/ring-tones.ts'
import { beep, synthesize } from '../media/tones.ts'
import { readWav } from '../media/wav/read-wav.ts'
import { GATE_DIGITS } from '../shared/caller-gate.ts'
import type { Log } from '../shared/log.ts'
import type { Greeting } from '../store/model.ts'

const PROMPTS = join(import.meta.dirname, '../../assets/prompts')
const SHIPPED_GREETING = 'greeting'
/** Path of the WAV file of the greeting that callers hear where the owner has chosen none. */
export const SHIPPED_GREETING_FILE = join(PROMPTS, `${SHIPPED_GREETING}.wav`)

const SPOKEN = [SHIPPED_GREETING, TIME_OVER, GOODBYE, NO_ROOM, GATE_NAME, NOT_PUT_THROUGH, NOT_TAKEN]

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
  await Promise.all(SPOKEN.map((clip) => load(clip, join(PROMPTS, `${clip}.wav`))))
  for (const [clip, tone] of ringToneClips) await media.loadClip(clip, synthesize(tone), 8000)
  const pressing = await readPrompt('gate-key')
  for (const digit of GATE_DIGITS) {
    const parts = [pressing.samples, (await readPrompt(`menu/n${digit}`)).samples]
    await media.loadClip(gateKey(digit), joined(parts), pressing.sampleRate)
  }

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

const readPrompt = async (name: string) => readWav(await readFile(join(PROMPTS, `${name}.wav`)))

function joined(parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
