import type { RecordedTake } from '../media/recorder/recorder.ts'
import type {
  AfterPickUp,
  BatchAct,
  CountedPage,
  Message,
  MessageKind,
  MessageQuery,
  Numbered,
  SaidName,
} from '../store/model.ts'
import type { CopyOrder } from './copy-message.ts'
import type { EncodedFile, EncodedFormat } from './encode/encode-recording.ts'

/** What a take's `meta` holds (media/recorder): all that a message's row needs besides the audio. */
export interface TakeMeta {
  readonly callId: string
  readonly lineId: string
  readonly mailboxId: string
  readonly callerNumber: string | null
  /** In E.164; journals of older versions have none. */
  readonly callerE164?: string | null
  readonly callerName: string | null
  /** Shorter than this counts as hung up. */
  readonly shortestMs: number
  /** Default: a message. `name`: what was said at a gate. */
  readonly kind?: MessageKind | 'name'
  /** A rule said so of its call. */
  readonly junk?: boolean
  /** What its mailbox says of machines; journals of older versions say nothing of it. */
  readonly machinesToJunk?: boolean
  /** The owner knows the caller. */
  readonly known?: boolean
}

/** What became of a take. */
export type Kept =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'nothing-said' }
  /** It was picked up, and the mailbox does not keep what was said before. */
  | { readonly kind: 'discarded' }

/** What became of the takes that a crash left in the journal. */
export interface Adopted {
  readonly messages: readonly Message[]
  /** How many takes could not be written now. */
  readonly unkept: number
}

/** How many messages were, or would be, put away for their age. */
export interface Retired {
  readonly trashed: number
  readonly purged: number
}

export interface RecordingsSize {
  readonly bytes: number
  readonly files: number
  /** When they were counted. */
  readonly at: number
}

/** Messages and their recordings: the one place that knows both the row and the file. */
export interface Mailboxes {
  /**
   * Makes a message of a finished take, or discards it when it is too short or holds nothing worth keeping. What a machine
   * left is junk, where its mailbox wants it so (see `judgeTake`). The message's id is the take's id, so that saying it twice
   * (recovery) changes nothing. Rejects with AP_STORE_* when the row can't be written now; the take stays in the journal and
   * may be kept later.
   *
   * A conversation, and what was said before a pick-up, have been heard as they were spoken: they are never new.
   *
   * @param pickedUp somebody picked up while it was left: what its mailbox does then
   */
  keep(take: RecordedTake, pickedUp?: AfterPickUp): Promise<Kept>
  /**
   * Keeps what was said as the caller's name with its call. Undefined: there is no such call any more, and the take is
   * discarded. Rejects as `keep` does.
   */
  keepName(take: RecordedTake): Promise<SaidName | undefined>
  /** Removes a take that is worth nothing, and its file. */
  discard(take: RecordedTake): void
  /** Path of the WAV file of the name that was said in a call. Rejects as `audioFile` does. */
  nameFile(callId: string): Promise<string>
  /**
   * After a crash: keeps what the journal still had and ends the calls that never ended. While any take is `unkept`,
   * the journal must stay for the next start. What was purged since stays so; a take that is none of ours is set aside
   * beside the recordings, as `*.wav.unknown`. The takes' files must be written.
   */
  adoptRecovered(takes: readonly RecordedTake[]): Promise<Adopted>
  list(query: MessageQuery): Promise<CountedPage>
  get(id: string): Promise<Message>
  /**
   * Path of the WAV file, once it is written. Rejects with AP_RECORDING_NOT_READY while it can't be, and with
   * AP_RECORDING_MISSING when somebody took it away.
   */
  audioFile(id: string): Promise<string>
  /** The recording encoded, for whoever disposes of it. Rejects as `audioFile` does, and as the encoder does. */
  encodedAudio(id: string, format: EncodedFormat): Promise<EncodedFile>
  markHeard(id: string): Promise<Message>
  markNew(id: string): Promise<Message>
  markJunk(id: string): Promise<Message>
  /** It is new again, or heard where it was. */
  markNotJunk(id: string): Promise<Message>
  /** Answers `asked`: what was said before the pick-up stays. To answer otherwise, trash it. */
  keepPickedUp(id: string): Promise<Message>
  setNote(id: string, note: string): Promise<Message>
  /** Puts a copy into another mailbox, new. Rejects as `audioFile` does, and with AP_DISK_FULL. */
  copy(id: string, order: CopyOrder): Promise<Message>
  trash(id: string): Promise<Message>
  restore(id: string): Promise<Message>
  /** Removes for good: the row, then the file. Only from the trash (AP_MESSAGE_NOT_IN_TRASH). */
  purge(id: string): Promise<void>
  /**
   * The same with many at once, in one transaction; those that it does not fit are left alone. Returns the messages that
   * it changed, as they are now, or were when purged.
   *
   * @param at when they are said to have changed; now unless given
   */
  changeAll(act: BatchAct, ids: readonly string[], at?: number): Promise<readonly Message[]>
  /**
   * Forgets the calls of these callers for good, but for those that go on: what went over the wire, and the names that were
   * said, too. Their messages stay. Returns how many calls that were.
   */
  forgetCalls(callers: readonly Numbered[]): Promise<number>
  /** Forgets calls and acts that are older than the house keeps them, and the names that were said. Returns how many. */
  forgetHistory(): Promise<number>
  /** Does with old messages what their mailboxes say: to the trash, and out of it for good. */
  retire(): Promise<Retired>
  /** What the recordings take on the disk; undefined while they are counted for the first time. */
  size(): Promise<RecordingsSize | undefined>
  /** Row without file, file without row: removes stray files older than a day, reports rows without audio. */
  sweep(): Promise<{ readonly strayFiles: number; readonly missingAudio: readonly string[] }>
  /** Resolves when what runs behind the answers (releasing takes, removing files) is done. Before the store closes. */
  settle(): Promise<void>
}
