import { rm, stat } from 'node:fs/promises'
import type { MediaEngine } from '../media/engine.ts'
import type { RecordedTake } from '../media/recorder/recorder.ts'
import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import { ConstraintViolation } from '../store/engine.ts'
import type { Message, SaidName } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import { adoptTakes } from './adopt-takes.ts'
import { copyMessage } from './copy-message.ts'
import { createEncoder } from './encode/encode-recording.ts'
import { forgetCalls } from './forget-calls.ts'
import { forgetHistory } from './history-retention.ts'
import type { Kept, Mailboxes } from './mailbox.ts'
import { measureFolder } from './measure-folder.ts'
import { pathBelow } from './path-below.ts'
import { retireMessages } from './retire-messages.ts'
import { sweepRecordings } from './sweep.ts'
import { readTakeMeta } from './take-meta.ts'
import { weighTake } from './weigh-take.ts'
import { within } from './within.ts'

/** How long a listener may wait for a message that ended this moment. */
const SAVE_PATIENCE_MS = 3000

export interface MailboxesOptions {
  readonly store: Pick<Store, 'messages' | 'mailboxes' | 'calls' | 'traces' | 'audit' | 'settings' | 'flush'>
  readonly recordings: { readonly dir: string }
  readonly media: Pick<MediaEngine, 'whenSaved' | 'releaseTake'>
  readonly clock: Clock
  readonly log: Log
}

/**
 * Rows and recordings kept in step. The order makes it so that the machine may stop between any two steps:
 *
 * - keeping: row, durable, then the journal may forget the take. Until then the journal has the audio and recovery
 *   says `keep` again, which finds the row and does nothing: never a row without audio, never audio without a row.
 * - discarding: WAV saved, removed, then the journal may forget. Stopped in between, recovery judges it again.
 * - a name that was said at a gate and opened it: the same, in the row of its call.
 * - purging: row, then file. Stopped in between, a stray file is left, which `sweep` removes.
 */
export function createMailboxes(options: MailboxesOptions): Mailboxes {
  const { store, media, clock, log } = options
  const { messages } = store
  const folder = options.recordings.dir
  const encodeRecording = createEncoder()
  const unreleased = new Set<string>()
  const background = new Set<Promise<void>>()

  const inBackground = (work: Promise<void>): void => {
    const done = work.finally(() => background.delete(done))
    background.add(done)
  }
  const found = (message: Message | undefined, id: string): Message => {
    if (!message) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'message', id })
    return message
  }
  const get = async (id: string) => found(await messages.get(id), id)
  const removeFile = async (file: string): Promise<boolean> => {
    const path = pathBelow(folder, file)
    if (path === undefined || !(await stat(path).catch(() => undefined))) return false
    await rm(path, { force: true })
    return true
  }

  /** A mailbox that was removed while its caller spoke has an heir: a message must not be lost for it. */
  const addRow = async (message: Message): Promise<void> => {
    try {
      await messages.add(message)
    } catch (error) {
      const removed = error instanceof ConstraintViolation && error.kind === 'foreign-key'
      const [heir] = removed ? await store.mailboxes.list() : []
      if (!heir) throw error
      log.warn(
        { messageId: message.id, mailbox: heir.name },
        'a message goes to another mailbox: its own was removed',
      )
      await messages.add({ ...message, mailboxId: heir.id })
    }
  }

  /** Releases every take whose row survives a loss of power now, those of a flush that failed earlier too. */
  const release = async (): Promise<void> => {
    const committed = [...unreleased]
    try {
      await store.flush()
    } catch (error) {
      log.warn({ err: error }, 'the database could not be synced; the journal keeps its takes')
      return
    }
    for (const takeId of committed) {
      media.releaseTake(takeId)
      unreleased.delete(takeId)
    }
  }

  const discard = async ({ takeId, file }: RecordedTake): Promise<void> => {
    try {
      await media.whenSaved(takeId)
      await removeFile(file)
    } catch (error) {
      // Saved later, when there is room, it becomes a stray file, and goes with those.
      log.warn({ err: error, takeId }, 'a take that is no message could not be removed yet')
    }
    media.releaseTake(takeId)
  }

  /** Of a take that is in a row, once it is written. */
  const savedFile = async ({ id, takeId, file }: { id: string; takeId: string; file: string }) => {
    if (!(await within(media.whenSaved(takeId), SAVE_PATIENCE_MS, clock)))
      throw new AnswerphoneError('AP_RECORDING_NOT_READY', { id })
    const path = pathBelow(folder, file)
    if (path === undefined || !(await stat(path).catch(() => undefined)))
      throw new AnswerphoneError('AP_RECORDING_MISSING', { id })
    return path
  }

  const removePurged = async ({ id, file }: Pick<Message, 'id' | 'file'>): Promise<void> => {
    try {
      if (await removeFile(file)) return
      await media.whenSaved(id)
      await removeFile(file)
    } catch (error) {
      log.warn({ err: error, messageId: id }, 'a purged recording could not be removed; the sweep will')
    }
  }

  const removeName = ({ takeId, file }: Pick<SaidName, 'takeId' | 'file'>): void =>
    inBackground(removePurged({ id: takeId, file }))

  const mailboxes: Mailboxes = {
    async keep(take, pickedUp): Promise<Kept> {
      const kept = weighTake(take, pickedUp)
      if (kept.kind !== 'message') {
        inBackground(discard(take))
        return kept
      }
      await addRow(kept.message)
      unreleased.add(take.takeId)
      inBackground(release())
      // The row as it stands: one that was there before may have been heard since.
      return { kind: 'message', message: await get(take.takeId) }
    },
    async keepName(take) {
      const name: SaidName = {
        takeId: take.takeId,
        file: take.file,
        durationMs: take.durationMs,
        words: null,
      }
      const { callId = '' } = readTakeMeta(take.meta) ?? {}
      if (!(await store.calls.nameSaid(callId, name))) {
        inBackground(discard(take))
        return undefined
      }
      unreleased.add(take.takeId)
      inBackground(release())
      return name
    },
    discard: (take) => inBackground(discard(take)),
    adoptRecovered: (takes) =>
      adoptTakes(takes, {
        keep: (take) => mailboxes.keep(take),
        keepName: (take) => mailboxes.keepName(take),
        discard: mailboxes.discard,
        messages,
        calls: store.calls,
        flush: store.flush,
        folder,
        clock,
        log,
      }),
    list: (query) => messages.list(query),
    get,
    async audioFile(id) {
      const { file } = await get(id)
      return savedFile({ id, takeId: id, file })
    },
    async nameFile(callId) {
      const name = (await store.calls.get(callId))?.gate?.name
      if (!name) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'name in the call', id: callId })
      return savedFile({ id: callId, ...name })
    },
    encodedAudio: async (id, format) => encodeRecording(await mailboxes.audioFile(id), format),
    markHeard: async (id) => found(await messages.markHeard(id, clock.now()), id),
    markNew: async (id) => found(await messages.markNew(id, clock.now()), id),
    markJunk: async (id) => found(await messages.markJunk(id, clock.now()), id),
    markNotJunk: async (id) => found(await messages.markNotJunk(id, clock.now()), id),
    keepPickedUp: async (id) => found(await messages.keepPickedUp(id), id),
    setNote: async (id, note) => found(await messages.setNote(id, note), id),
    copy: async (id, order) =>
      copyMessage(await get(id), await mailboxes.audioFile(id), order, { messages, folder, clock }),
    trash: async (id) => found(await messages.trash(id, clock.now()), id),
    restore: async (id) => found(await messages.restore(id, clock.now()), id),
    async purge(id) {
      const message = await get(id)
      if (message.state !== 'trash') throw new AnswerphoneError('AP_MESSAGE_NOT_IN_TRASH', { id })
      await messages.purge(id)
      inBackground(removePurged(message))
    },
    async changeAll(act, ids, at = clock.now()) {
      const changed = await messages.changeAll(act, ids, at)
      if (act === 'purge') for (const message of changed) inBackground(removePurged(message))
      return changed
    },
    forgetCalls: (callers) => forgetCalls(callers, { store, clock, removeName }),
    forgetHistory: () => forgetHistory({ store, clock, removeName }),
    retire: () => retireMessages({ store, changeAll: mailboxes.changeAll, clock }),
    size: measureFolder(folder, clock),
    sweep: () => sweepRecordings({ messages, calls: store.calls, folder, clock, log }),
    async settle() {
      while (background.size > 0) await Promise.all(background)
    },
  }
  return mailboxes
}
