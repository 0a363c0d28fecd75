import { readFile, rm } from 'node:fs/promises'
import { BEEP } from '../../call/orders.ts'
import type { Greetings } from '../../mailbox/greetings.ts'
import type { Mailboxes } from '../../mailbox/mailbox.ts'
import { pathBelow } from '../../mailbox/path-below.ts'
import type { MediaEngine, MediaSession } from '../../media/engine.ts'
import type { RecordedTake } from '../../media/recorder/recorder.ts'
import { stepMenu } from '../../menu/menu.ts'
import type { MenuFact, MenuOrder } from '../../menu/orders.ts'
import type { MenuRights, MenuState } from '../../menu/state.ts'
import { type MenuMessage, prompt, type Word } from '../../menu/words.ts'
import type { Clock, Timer } from '../../shared/clock.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Language } from '../../shared/language.ts'
import type { Log } from '../../shared/log.ts'
import { runMachine, unreachable } from '../../shared/step.ts'
import type { AuditAct } from '../../store/audit-entry.ts'
import type { Mailbox, Message, MessageState } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { Joined } from './join-call.ts'
import { openMenuSounds } from './menu-sounds.ts'

export interface MenuTools {
  readonly store: Pick<Store, 'mailboxes' | 'audit'>
  readonly mailboxes: Pick<Mailboxes, 'list' | 'audioFile' | 'markHeard' | 'trash' | 'restore'>
  readonly greetings: Pick<Greetings, 'add'>
  /** The folder of the recordings, where a greeting is at first. */
  readonly recordingsDir: string
  readonly media: Pick<MediaEngine, 'loadClip' | 'dropClip' | 'whenSaved' | 'releaseTake'>
  /** The clip of the greeting that callers of this mailbox hear. */
  readonly greetingClip: (mailboxId: string) => Promise<string>
  readonly makeId: MakeId
  readonly clock: Clock
  readonly log: Log
}

export interface MenuOptions extends MenuTools {
  /** The mailboxes whose messages are heard; of one alone the greeting may be recorded. */
  readonly mailboxIds: readonly string[]
  /** Where it is heard. Its keys and the ends of its clips and takes are told to the menu. */
  readonly session: Pick<MediaSession, 'play' | 'stopPlaying' | 'startTake' | 'stopTake'>
  /** The call that goes on, and could be heard. Absent: there never is any. */
  readonly live?: {
    isThere(): boolean
    /** Rejects where there is none any more, or no way to hear it. */
    join(onOver: () => void): Promise<Joined>
  }
  /** What the menu speaks. */
  readonly language: Language
  /** As the audit names whoever is in the menu. */
  readonly who: string
  /** Calls a number, and tells when that is over, and whether somebody answered. Absent: it can't. */
  readonly callBack?: (number: string, onOver: (answered: boolean) => void) => void
  readonly hangUp: () => void
}

/** A spoken menu that goes on. */
export interface Menu {
  digit(digit: string): void
  /** The clip with this mark has been played. */
  played(mark: string): void
  /** A take that it started has ended; undefined: nothing of it is left. */
  takeEnded(take: RecordedTake | undefined): void
  /** Whoever heard it has gone. */
  close(): void
}

/** Whether a take is of a greeting. After a crash it is set aside: it names no call. */
export const isGreetingTake = ({ meta }: Pick<RecordedTake, 'meta'>) => meta['kind'] === 'greeting'

/** Messages of each kind that are read at once: nobody hears more in one call. */
const MOST_MESSAGES = 200
/** Less than this of a voice is no greeting. */
const LEAST_SOUND_MS = 300

/** A name that a person knows again, in local time. */
const recordedName = (at: number) => `Recorded ${new Date(at).toLocaleString('sv')}`

/** Runs a spoken menu: facts into its machine, the orders to media, mailboxes and the clock. */
export function runMenu(options: MenuOptions): Menu {
  const { store, mailboxes, session, clock, log, makeId } = options
  const [onlyMailbox, another] = options.mailboxIds
  const rights: MenuRights = {
    greeting: onlyMailbox !== undefined && another === undefined,
    callBack: options.callBack !== undefined,
  }
  const name = makeId()
  const sounds = openMenuSounds(name, options.media, {
    audioFile: mailboxes.audioFile,
    greetingClip: () => options.greetingClip(onlyMailbox ?? ''),
    newGreeting: () => savedGreeting(),
    now: () => clock.now(),
    // Of whoever set the machine up: a menu may be of many mailboxes.
    language: options.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  let closed = false
  let idle: Timer | undefined
  /** What is being said: what was ordered before counts no more. */
  let saying = 0
  let queue: readonly string[] = []
  let whenSaid: () => void = () => {}
  let recording: 'no' | 'about-to' | 'yes' = 'no'
  let greeting: RecordedTake | undefined
  let joined: Joined | undefined
  /** Messages of which the audit has that they were heard. */
  const noted = new Set<string>()

  const machine = runMachine<MenuState, MenuFact, MenuOrder>(
    stepMenu,
    { at: 'new', rights, live: false, unanswered: 0 },
    carryOut,
  )
  const send = (fact: MenuFact) => {
    if (closed) return
    const isThere = options.live?.isThere() ?? false
    if (isThere !== machine.state.live) machine.send({ kind: 'live', isThere })
    machine.send(fact)
  }
  /** Does something that takes a while, and says so when it can't be done. */
  const attempt = (work: () => Promise<MenuFact | undefined>): void => {
    work().then(
      (fact) => fact && send(fact),
      (error: unknown) => {
        log.warn({ err: error }, 'the spoken menu could not do what was asked')
        send({ kind: 'failed' })
      },
    )
  }

  function carryOut(order: MenuOrder): void {
    switch (order.kind) {
      case 'say':
        notePlayed(order.words)
        return say(order.words, () => send({ kind: 'said' }))
      case 'read-messages':
        return attempt(async () => ({
          kind: 'messages',
          fresh: await read('new'),
          saved: await read('heard'),
        }))
      case 'mark-heard':
        return attempt(async () => void (await mailboxes.markHeard(order.id)))
      case 'delete':
        return attempt(async () => {
          await mailboxes.trash(order.id)
          await note('deleted', { messageId: order.id })
          return undefined
        })
      case 'restore':
        return attempt(async () => {
          await mailboxes.restore(order.id)
          await note('restored', { messageId: order.id })
          return undefined
        })
      case 'call-back':
        return options.callBack?.(order.number, (answered) => {
          send({ kind: 'call-over', answered })
        })
      case 'join':
        return join()
      case 'pick-up':
        return joined?.pickUp()
      case 'leave':
        return leaveCall()
      case 'record-greeting':
        recording = 'about-to'
        return say([prompt('speak-after-beep')], beepAndRecord)
      case 'stop-recording':
        return stopRecording()
      case 'use-greeting':
        return attempt(useGreeting)
      case 'drop-greeting':
        return attempt(async () => void (await dropGreeting()))
      case 'wait':
        idle?.cancel()
        idle = clock.setTimer(order.ms, () => send({ kind: 'idle' }))
        return
      case 'hang-up':
        return options.hangUp()
      default:
        return unreachable(order)
    }
  }

  function join(): void {
    hush()
    const onOver = () => {
      joined = undefined
      send({ kind: 'live-over' })
    }
    attempt(async () => {
      const call = await options.live?.join(onOver)
      if (!call) throw new Error('no call goes on')
      if (closed) call.leave()
      else joined = call
      return { kind: 'joined' }
    })
  }

  function leaveCall(): void {
    joined?.leave()
    joined = undefined
  }

  function say(words: readonly Word[], onSaid: () => void): void {
    hush()
    const turn = saying
    sounds.clipsOf(words).then(
      (clips) => {
        if (turn !== saying || closed) return
        queue = clips
        whenSaid = onSaid
        playNext()
      },
      (error: unknown) => {
        if (turn !== saying) return
        log.warn({ err: error }, 'a sound of the spoken menu can not be read')
        send({ kind: 'failed' })
      },
    )
  }

  function hush(): void {
    idle?.cancel()
    saying++
    queue = []
    whenSaid = () => {}
    session.stopPlaying()
  }

  function playNext(): void {
    const [clip, ...rest] = queue
    if (clip === undefined) return whenSaid()
    queue = rest
    session.play(clip, `${name}-${saying}`)
  }

  function beepAndRecord(): void {
    queue = [BEEP]
    whenSaid = () => {
      recording = 'yes'
      session.startTake({ takeId: makeId(), meta: { kind: 'greeting' } })
    }
    playNext()
  }

  function stopRecording(): void {
    idle?.cancel()
    if (recording === 'yes') return session.stopTake()
    hush()
    recording = 'no'
    send({ kind: 'recorded', heard: false })
  }

  async function read(state: MessageState): Promise<readonly MenuMessage[]> {
    const lists = await Promise.all(
      options.mailboxIds.map((mailboxId) =>
        mailboxes.list({ mailboxId, states: [state], limit: MOST_MESSAGES }),
      ),
    )
    return lists
      .flatMap(({ rows }) => rows)
      .filter(({ kind }) => kind === 'message')
      .sort((one, other) => one.receivedAt - other.receivedAt)
      .map(({ id, callerNumber, receivedAt, durationMs }: Message) => ({
        ...{ id, callerNumber, receivedAt, durationMs },
      }))
  }

  const note = (act: AuditAct, about: { readonly messageId?: string; readonly detail?: string }) =>
    store.audit.add({
      ...{ at: clock.now(), who: options.who, act, callId: null, messageId: null, detail: '' },
      ...about,
    })

  /** Each message counts once, however often it is heard again. */
  function notePlayed(words: readonly Word[]): void {
    for (const word of words) {
      if (word.say !== 'message' || noted.has(word.message.id)) continue
      noted.add(word.message.id)
      note('played', { messageId: word.message.id }).catch((error: unknown) =>
        log.warn({ err: error }, 'an audit entry could not be written'),
      )
    }
  }

  /** Path of the WAV file of the greeting that was recorded. */
  async function savedGreeting(): Promise<string> {
    const path = greeting && pathBelow(options.recordingsDir, greeting.file)
    if (!greeting || path === undefined) throw new Error('no greeting was recorded')
    await options.media.whenSaved(greeting.takeId)
    return path
  }

  async function useGreeting(): Promise<MenuFact> {
    const wav = await readFile(await savedGreeting())
    const { id, name: greetingName } = await options.greetings.add(recordedName(clock.now()), wav)
    const { name: mailbox } = await store.mailboxes.set(onlyMailbox ?? '', {
      greetingId: id,
    } satisfies Partial<Mailbox>)
    await note('settings-changed', { detail: `mailbox ${mailbox}: greeting (${greetingName})` })
    await dropGreeting()
    return { kind: 'greeting-in-use' }
  }

  /** The journal may forget it, too. */
  async function dropGreeting(): Promise<void> {
    const dropped = greeting
    if (!dropped) return
    const path = await savedGreeting()
    greeting = undefined
    await rm(path, { force: true })
    options.media.releaseTake(dropped.takeId)
  }

  send({ kind: 'opened' })

  return {
    digit(digit) {
      idle?.cancel()
      send({ kind: 'digit', digit })
    },
    played(mark) {
      if (mark === `${name}-${saying}`) playNext()
    },
    takeEnded(take) {
      recording = 'no'
      greeting = take
      if (closed) return attempt(async () => void (await dropGreeting()))
      send({ kind: 'recorded', heard: take !== undefined && take.hearing.soundMs >= LEAST_SOUND_MS })
    },
    close() {
      if (closed) return
      closed = true
      idle?.cancel()
      leaveCall()
      if (recording === 'yes') session.stopTake()
      else attempt(async () => void (await dropGreeting()))
      sounds.close()
    },
  }
}
