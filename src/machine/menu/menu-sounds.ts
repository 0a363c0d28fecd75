import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaEngine } from '../../media/engine.ts'
import { readWav } from '../../media/wav/read-wav.ts'
import { spellDigits, spellers } from '../../menu/speller.ts'
import type { Word } from '../../menu/words.ts'
import type { Language } from '../../shared/language.ts'
import { unreachable } from '../../shared/step.ts'
import { PROMPT_FOLDERS } from '../clips.ts'

/** A message is encoded in parts of this length, each while the one before is heard. */
const PART_MS = 20_000

/** What words are of which only their moment knows the sound. */
export interface SoundSources {
  /** Path of a message's WAV file. */
  readonly audioFile: (messageId: string) => Promise<string>
  /** The clip of the greeting that callers hear. */
  readonly greetingClip: () => Promise<string>
  /** Path of the greeting that was recorded just now. */
  readonly newGreeting: () => Promise<string>
  readonly now: () => number
  readonly timeZone: string
  readonly language: Language
}

/** The sounds of one menu, loaded into media as they are needed. */
export interface MenuSounds {
  /** The clips of these words, in order. Rejects when a sound can't be read. */
  clipsOf(words: readonly Word[]): Promise<readonly string[]>
  /** Forgets the messages and greetings that were heard here. */
  close(): void
}

/** Sounds that all menus share are loaded once. */
const shared = new WeakMap<object, Map<string, Promise<void>>>()

/** @param name tells this menu's own clips from those of others */
export function openMenuSounds(
  name: string,
  media: Pick<MediaEngine, 'loadClip' | 'dropClip'>,
  sources: SoundSources,
): MenuSounds {
  const loaded = shared.get(media) ?? new Map<string, Promise<void>>()
  shared.set(media, loaded)
  const { language } = sources
  const speller = spellers[language]
  const own = new Map<string, Promise<readonly string[]>>()
  const dropped: string[] = []

  async function loadShipped(sound: string): Promise<readonly string[]> {
    const clip = `menu-${language}-${sound}`
    const loading = loaded.get(clip) ?? load(clip, join(PROMPT_FOLDERS[language], 'menu', `${sound}.wav`))
    loaded.set(clip, loading)
    await loading
    return [clip]
  }

  async function load(clip: string, file: string): Promise<void> {
    const { samples, sampleRate } = readWav(await readFile(file))
    await media.loadClip(clip, samples, sampleRate, 'when-played')
  }

  async function loadOwn(what: string, file: Promise<string>): Promise<readonly string[]> {
    const { samples, sampleRate } = readWav(await readFile(await file))
    const part = (PART_MS / 1000) * sampleRate
    const clips: string[] = []
    for (let at = 0; at < samples.length; at += part) {
      const clip = `menu-${name}-${what}-${clips.length}`
      await media.loadClip(clip, samples.subarray(at, at + part), sampleRate, 'when-played')
      clips.push(clip)
      dropped.push(clip)
    }
    return clips
  }

  /** Once for each menu: a message that is heard again is not read again. */
  function keep(what: string, file: () => Promise<string>): Promise<readonly string[]> {
    const loading = own.get(what) ?? loadOwn(what, file())
    own.set(what, loading)
    loading.catch(() => own.delete(what))
    return loading
  }

  const shipped = async (sounds: readonly string[]) =>
    (await Promise.all(sounds.map((sound) => loadShipped(sound)))).flat()

  async function clipsOfOne(word: Word): Promise<readonly string[]> {
    switch (word.say) {
      case 'prompt':
        return shipped([word.prompt])
      case 'number':
        return shipped(speller.number(word.number))
      case 'count':
        return shipped(speller.count(word.number))
      case 'digits':
        return shipped(spellDigits(word.digits))
      case 'moment':
        return shipped(speller.moment(word.at, sources.now(), sources.timeZone))
      case 'message':
        return keep(word.message.id, () => sources.audioFile(word.message.id))
      case 'greeting':
        return [await sources.greetingClip()]
      case 'new-greeting':
        return loadOwn('greeting', sources.newGreeting())
      default:
        return unreachable(word)
    }
  }

  return {
    clipsOf: async (words) => (await Promise.all(words.map(clipsOfOne))).flat(),
    close() {
      for (const clip of dropped) media.dropClip(clip)
    },
  }
}
