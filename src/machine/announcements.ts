import { readFile } from 'node:fs/promises'
import { CALL_FROM, TAKE_OR_NOT } from '../call/orders.ts'
import type { Mailboxes } from '../mailbox/mailbox.ts'
import { within } from '../mailbox/within.ts'
import type { MediaEngine } from '../media/engine.ts'
import { readWav } from '../media/wav/read-wav.ts'
import type { Clock } from '../shared/clock.ts'
import type { Language } from '../shared/language.ts'
import type { Log } from '../shared/log.ts'
import { clipIn } from './clips.ts'

/** A phone may answer before the name is on the disk. */
const PATIENCE_MS = 2000

/** What owners hear of a caller who has said a name, before they have the call. */
export interface Announcements {
  /**
   * The clips to be played, in order: with the name, where it is there in time. Never rejects.
   * @param named resolves when the call's row has the name
   * @param language of the call's mailbox, whose prompts are loaded
   */
  of(callId: string, named: Promise<void>, language: Language): Promise<readonly string[]>
  /** The call is over. */
  forget(callId: string): void
}

export function openAnnouncements(options: {
  readonly media: Pick<MediaEngine, 'loadClip' | 'dropClip'>
  readonly mailboxes: Pick<Mailboxes, 'nameFile'>
  readonly clock: Clock
  readonly log: Log
}): Announcements {
  const { media, mailboxes, clock, log } = options
  const loaded = new Map<string, Promise<string>>()

  async function load(callId: string, named: Promise<void>): Promise<string> {
    await named
    const clip = `name-${callId}`
    try {
      const { samples, sampleRate } = readWav(await readFile(await mailboxes.nameFile(callId)))
      await media.loadClip(clip, samples, sampleRate, 'when-played')
    } catch (error) {
      log.warn({ err: error, call: callId }, 'the name of a caller could not be told')
      throw error
    }
    return clip
  }

  return {
    async of(callId, named, language) {
      const loading = loaded.get(callId) ?? load(callId, named)
      loaded.set(callId, loading)
      const [callFrom, takeOrNot] = [clipIn(language, CALL_FROM), clipIn(language, TAKE_OR_NOT)]
      return (await within(loading, PATIENCE_MS, clock)) ? [callFrom, await loading, takeOrNot] : [takeOrNot]
    },
    forget(callId) {
      loaded.get(callId)?.then(media.dropClip, () => undefined)
      loaded.delete(callId)
    },
  }
}
