import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  BEEP,
  CALL_FROM,
  GATE_NAME,
  GOODBYE,
  gateKey,
  MACHINE_OFF,
  MACHINE_ON,
  NO_ROOM,
  NOT_PUT_THROUGH,
  NOT_SWITCHED,
  NOT_TAKEN,
  QUIET_OFF,
  QUIET_ON,
  TAKE_OR_NOT,
  TIME_OVER,
} from '../call/orders.ts'
import type { MediaEngine } from '../media/engine.ts'
import { ringToneClips } from '../media/ring-tones.ts'
import { beep, synthesize } from '../media/tones.ts'
import { readWav } from '../media/wav/read-wav.ts'
import { GATE_DIGITS } from '../shared/caller-gate.ts'
import type { Language } from '../shared/language.ts'
import type { Log } from '../shared/log.ts'
import type { Greeting } from '../store/model.ts'

const PROMPTS = join(import.meta.dirname, '../../assets/prompts')
/** Where the prompts of each language are. */
export const PROMPT_FOLDERS: Readonly<Record<Language, string>> = { en: PROMPTS, de: join(PROMPTS, 'de') }
const SHIPPED_GREETING = 'greeting'
/** What any caller may hear, one file each. */
const SPOKEN = [SHIPPED_GREETING, TIME_OVER, GOODBYE, NO_ROOM]
/** What callers hear at a gate and behind it. */
const AT_GATES = [GATE_NAME, NOT_PUT_THROUGH, NOT_TAKEN]
/** What owners hear: when a caller has said a name, and when they have switched something. */
const TOLD = [CALL_FROM, TAKE_OR_NOT, MACHINE_ON, MACHINE_OFF, QUIET_ON, QUIET_OFF, NOT_SWITCHED]
const GATE_KEYS = GATE_DIGITS.map(gateKey)
/** Path of the WAV file of the greeting that callers hear where the owner has chosen none. */
export const shippedGreetingFile = (language: Language): string =>
  join(PROMPT_FOLDERS[language], `${SHIPPED_GREETING}.wav`)

/** As media knows a clip in this language: what does not speak is the same in all. */
export const clipIn = (language: Language, clip: string): string =>
  [SPOKEN, AT_GATES, TOLD, GATE_KEYS].some((spoken) => spoken.includes(clip)) ? `${clip}-${language}` : clip

/** What callers hear, loaded into media and encoded there once for all calls. */
export interface Clips {
  /** The clip of the greeting that ships, once all prompts of its language are loaded. Rejects when they are missing. */
  shipped(language: Language): Promise<string>
  /** Makes ready what callers hear at gates in this language: four fifths of all the work, which a house without gates is spared. */
  atGates(language: Language): Promise<void>
  /** The clip of an owner's greeting; undefined where its file can't be read. */
  greetingFor(greeting: Greeting): Promise<string | undefined>
}

/** Loads the beep and ring tones; prompts are loaded with the first mailbox that speaks their language, before any call hears them. */
export async function loadClips(options: {
  readonly media: Pick<MediaEngine, 'loadClip' | 'prepareClip'>
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
  for (const [clip, tone] of ringToneClips) await media.loadClip(clip, synthesize(tone), 8000, 'when-played')
  const prompts = onceEach(async (language) => {
    const folder = PROMPT_FOLDERS[language]
    await Promise.all(SPOKEN.map((clip) => load(clipIn(language, clip), join(folder, `${clip}.wav`))))
    for (const clip of [...AT_GATES, ...TOLD]) {
      const { samples, sampleRate } = await readPrompt(join(folder, `${clip}.wav`))
      await media.loadClip(clipIn(language, clip), samples, sampleRate, 'when-played')
    }
    const pressing = await readPrompt(join(folder, 'gate-key.wav'))
    for (const digit of GATE_DIGITS) {
      const parts = [pressing.samples, (await readPrompt(join(folder, 'menu', `n${digit}.wav`))).samples]
      await media.loadClip(
        clipIn(language, gateKey(digit)),
        joined(parts),
        pressing.sampleRate,
        'when-played',
      )
    }
  })

  return {
    async shipped(language) {
      await prompts(language)
      return clipIn(language, SHIPPED_GREETING)
    },
    atGates: onceEach(async (language) => {
      await prompts(language)
      for (const clip of [...AT_GATES, ...GATE_KEYS]) await media.prepareClip(clipIn(language, clip))
      for (const [clip] of ringToneClips) await media.prepareClip(clip)
    }),
    async greetingFor(greeting) {
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
        return undefined
      }
    },
  }
}

/** Does it once for each language, and again where it failed. */
function onceEach(act: (language: Language) => Promise<void>): (language: Language) => Promise<void> {
  const begun = new Map<Language, Promise<void>>()
  return (language) => {
    const doing = begun.get(language) ?? act(language)
    begun.set(language, doing)
    doing.catch(() => begun.delete(language))
    return doing
  }
}

const readPrompt = async (file: string) => readWav(await readFile(file))

function joined(parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
