import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { About } from '../../../src/api/contract.ts'
import { listMails, readMailSettings } from '../api/mail.ts'
import { listMailboxes } from '../api/messages.ts'
import { readPush } from '../api/push.ts'
import { RequestError } from '../api/request.ts'
import * as api from '../api/settings.ts'
import { readTranscription } from '../api/transcription.ts'
import { lineChanges } from '../state/house-changes.ts'
import { reportFailure } from '../state/report-failure.ts'
import { session } from '../state/session.ts'

/** Something that is read from the machine when it is looked at; null before the first answer. */
export interface Kept<Value> {
  readonly value: ReadonlySignal<Value | null>
  /** Goes up when it may be otherwise; without it, nobody says so. */
  readonly changes?: ReadonlySignal<number> | undefined
  /** Asks again. `quietly`: that there is no answer is not said, for it will be asked soon anew. */
  read(quietly?: boolean): Promise<void>
}

export function keep<Value>(ask: () => Promise<Value>, changes?: ReadonlySignal<number>): Kept<Value> {
  const value = signal<Value | null>(null)
  effect(() => {
    // The next one to log in may see less.
    if (!session.value?.user) value.value = null
  })
  return {
    value,
    changes,
    async read(quietly = false) {
      try {
        value.value = await ask()
      } catch (error) {
        const isOffline = error instanceof RequestError && error.code === 'offline'
        if (!(quietly && isOffline)) reportFailure(error)
      }
    },
  }
}

export const lines = keep(api.listLines, lineChanges)
export const presets = keep(api.listPresets)
export const house = keep(api.readHouse)
export const phones = keep(api.listPhones)
export const mailboxes = keep(listMailboxes)
export const greetings = keep(api.listGreetings)
/** Who reads aloud what is typed. */
export const voice = keep(api.readVoice)
export const users = keep(api.listUsers)
export const storage = keep(api.readStorage)
export const tokens = keep(api.listTokens)
export const blocked = keep(api.listBlocked)
export const push = keep(readPush)
export const mailSettings = keep(readMailSettings)
export const mails = keep(listMails)
export const transcription = keep(readTranscription)
/** Nobody reads it but where it is shown: it looks at everything. */
export const diagnosis = keep(api.readDiagnosis)
export const about: Kept<About> = keep(api.readAbout)

/** What was read last, read anew as soon as it is looked at, when it has changed, and every `everyMs` where that is given. */
export function useKept<Value>(kept: Kept<Value>, everyMs?: number): Value | null {
  const changes = kept.changes?.value
  useEffect(() => void kept.read(), [kept, changes])
  useEffect(() => {
    if (everyMs === undefined) return
    const timer = window.setInterval(() => void kept.read(true), everyMs)
    return () => window.clearInterval(timer)
  }, [kept, everyMs])
  return kept.value.value
}

export const isOwner = () => session.value?.user?.role === 'owner'
