import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pathBelow } from '../mailbox/path-below.ts'
import { recordingFile } from '../media/recorder/journal/take-start.ts'
import type { WavAudio } from '../media/wav/read-wav.ts'
import { resampleInPortions } from '../media/wav/resample.ts'
import { writeWav } from '../media/wav/write-wav.ts'
import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { idMaker } from '../shared/ids.ts'
import { type Numbering, toE164 } from '../shared/telephone-number.ts'
import type { CallGate, Message, SaidName } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import { decodeSound } from './decode-sound.ts'
import type { FoundMessage } from './found-message.ts'

export interface ImportTarget {
  readonly mailboxId: string
  /** The line that they are said to have come by. */
  readonly lineId: string
  /** How that line reads numbers. */
  readonly numbering: Numbering
}

export interface ImportTools {
  readonly store: Pick<Store, 'messages' | 'calls'>
  /** The folder of the recordings. */
  readonly folder: string
  readonly clock: Clock
}

/** How an import went. */
export interface Imported {
  readonly added: readonly Message[]
  /** How many were here already. */
  readonly known: number
  readonly failed: readonly { readonly name: string; readonly why: string }[]
}

/** What recordings are kept in (docs/decisions/0003): narrowband as it came, all that has more as wideband. */
const NARROW = 8000
const WIDE = 16_000

/**
 * Takes messages into a mailbox, each with a call of its time. Whatever was taken before is left alone, so an import that
 * was broken off is simply said again. A message whose sound can't be read is no reason to leave out the others. Rejects
 * with AP_DISK_FULL and AP_STORE_*.
 */
export async function importMessages(
  found: readonly FoundMessage[],
  target: ImportTarget,
  tools: ImportTools,
): Promise<Imported> {
  const added: Message[] = []
  const failed: { name: string; why: string }[] = []
  let known = 0
  for (const each of found) {
    try {
      const message = await importOne(each, target, tools)
      if (message) added.push(message)
      else known++
    } catch (error) {
      if (!(error instanceof AnswerphoneError) || error.code !== 'AP_SOUND_UNREADABLE') throw error
      failed.push({ name: each.name, why: error.message })
    }
  }
  return { added, known, failed }
}

/** Undefined when it is here already. File before row: stopped in between, the next import finds no row and goes on. */
async function importOne(
  found: FoundMessage,
  target: ImportTarget,
  { store, folder, clock }: ImportTools,
): Promise<Message | undefined> {
  const { mailboxId, lineId, numbering } = target
  if (found.ours && (await store.messages.get(found.ours.id))) return undefined
  const audio = await decodeSound(found.sounds)
  const id = found.ours?.id ?? idOf('message', found, target, audio)
  if (!found.ours && (await store.messages.get(id))) return undefined
  const callId = found.ours?.callId ?? idOf('call', found, target, audio)
  const { wav, durationMs } = await asRecording(audio, clock)
  const message: Message = {
    ...{ cutOff: false, pickedUp: null, kind: 'message', forwardedBy: null, junkReason: null },
    ...found.ours,
    mailboxId,
    lineId,
    id,
    callId,
    callerNumber: found.callerNumber,
    // The line on which it was left knew best.
    callerE164: found.ours?.callerE164 ?? (found.callerNumber && toE164(found.callerNumber, numbering)),
    callerName: found.callerName,
    receivedAt: found.receivedAt,
    durationMs,
    state: found.state,
    heardAt: found.heardAt,
    stateBeforeTrash: null,
    trashedAt: null,
    file: recordingFile({ takeId: id, startedAt: found.receivedAt }),
    note: found.note,
  }
  const path = pathBelow(folder, message.file)
  if (path === undefined)
    throw new AnswerphoneError('AP_SOUND_UNREADABLE', {
      file: found.name,
      why: 'its id is no name of a file',
    })
  try {
    await writeRecording(path, wav)
    if (!(await store.calls.get(callId))) {
      const gate = await takeGate(found.gate ?? null, message, { folder, clock })
      await store.calls.add({ ...callOf(message), gate })
    }
    // Kept from now on: who brings old messages along does not want them put away for their age at once.
    await store.messages.add(message, clock.now())
  } catch (error) {
    await rm(path, { force: true })
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC'
      ? new AnswerphoneError('AP_DISK_FULL', {}, { cause: error })
      : error
  }
  return message
}

/** The name that was said comes along where it is there and can be read; of a message it is the smaller part. */
async function takeGate(
  found: NonNullable<FoundMessage['gate']> | null,
  { callId, receivedAt }: Message,
  { folder, clock }: Pick<ImportTools, 'folder' | 'clock'>,
): Promise<CallGate | null> {
  if (!found) return null
  const takeId = `${callId}-name`
  const file = recordingFile({ takeId, startedAt: receivedAt })
  const path = pathBelow(folder, file)
  const audio = found.name && (await decodeSound([found.name.sound]).catch(ifUnreadable))
  if (!found.name || !audio || path === undefined) return { ...found, name: null }
  const { wav, durationMs } = await asRecording(audio, clock)
  await writeRecording(path, wav)
  const name: SaidName = { takeId, file, durationMs, words: found.name.words }
  return { ...found, name }
}

function ifUnreadable(error: unknown): null {
  if (error instanceof AnswerphoneError && error.code === 'AP_SOUND_UNREADABLE') return null
  throw error
}

async function asRecording({ samples, sampleRate }: WavAudio, clock: Clock) {
  const rate = sampleRate <= NARROW ? NARROW : WIDE
  const pcm = await resampleInPortions(samples, sampleRate, rate, clock)
  return { wav: writeWav(pcm, rate), durationMs: Math.round((pcm.length * 1000) / rate) }
}

async function writeRecording(path: string, wav: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, wav, { mode: 0o600 })
}

/** The same message gets the same id each time, of the time at which it was left: ids sort by that (shared/ids). */
function idOf(
  kind: 'message' | 'call',
  found: FoundMessage,
  { mailboxId }: ImportTarget,
  { samples }: WavAudio,
): string {
  const { receivedAt, callerNumber, callerName } = found
  const hash = createHash('sha256')
    .update(JSON.stringify([kind, mailboxId, receivedAt, callerNumber, callerName]))
    .update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    .digest()
  return idMaker({ now: () => receivedAt }, { bytes: (length) => hash.subarray(0, length) })()
}

const callOf = ({
  callId,
  lineId,
  callerNumber,
  callerE164,
  callerName,
  receivedAt,
  durationMs,
  id,
}: Message) => ({
  ...{ id: callId, lineId, callerNumber, callerE164, callerName, messageId: id },
  ...{ attestation: null, said: [] },
  ...{
    arrivedAt: receivedAt,
    answeredAt: receivedAt,
    endedAt: receivedAt + durationMs,
    outcome: 'message' as const,
  },
})
