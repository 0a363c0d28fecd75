import type { Mailboxes } from '../../mailbox/mailbox.ts'
import type { MediaEngine, MediaSession } from '../../media/engine.ts'
import type { Leg } from '../../owner/leg/leg.ts'
import type { CallBack } from '../../owner/switchboard.ts'
import type { Clock } from '../../shared/clock.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import { createPasswords } from '../../shared/passwords.ts'
import type { Random } from '../../shared/random.ts'
import { createThrottle } from '../../shared/throttle.ts'
import type { AuditAct } from '../../store/audit-entry.ts'
import type { Mailbox } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { Clips } from '../clips.ts'
import type { LineBook } from '../line-book.ts'
import type { WriteQueue } from '../write-queue.ts'
import { type Menu, type MenuTools, runMenu } from './run-menu.ts'

/** What the spoken menu acts upon. */
export type MenuPlaces = Pick<MenuTools, 'greetings' | 'recordingsDir'> & {
  readonly mailboxes: MenuTools['mailboxes'] & Pick<Mailboxes, 'list'>
}

/** What opens to the owner who calls from afar. */
export interface RemoteDoor {
  /** Whether this is the PIN of the mailbox. Never rejects. */
  judgePin(pin: string): Promise<boolean>
  openMenu(session: MediaSession, hangUp: () => void): Menu
}

/** Somebody who has called from afar. */
export interface RemoteCaller {
  readonly callId: string
  readonly number: string | null
  readonly mailbox: Mailbox
}

/** The spoken menus: those of phones, and those of owners who call from afar. */
export interface Menus {
  /** What a caller finds who may be the owner. */
  doorFor(caller: RemoteCaller): RemoteDoor
  /** Answers a phone that has dialled the menu. */
  answerPhone(leg: Leg, mailboxIds: readonly string[], callBack?: CallBack): void
  /** Ends the menus of phones. */
  close(): void
}

/** As the audit names whoever called from afar. */
const whoIs = (number: string | null) => `caller:${number ?? 'withheld'}`

/** Wrong PINs of a mailbox that cost nothing; each one after them makes the next wait twice as long. */
const FREE_TRIES = 3
const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
/** What a phone does between our answer and its first sound. */
const ANSWERED_MS = 500

export function createMenus(options: {
  readonly places: MenuPlaces
  readonly store: Pick<Store, 'mailboxes' | 'audit'>
  readonly writes: Pick<WriteQueue, 'add'>
  readonly media: Pick<MediaEngine, 'loadClip' | 'dropClip' | 'whenSaved' | 'releaseTake'>
  readonly lines: Pick<LineBook, 'lines' | 'byId'>
  readonly clips: Clips
  readonly makeId: MakeId
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}): Menus {
  const { places, store, writes, lines, clips, media, makeId, clock, log } = options
  const tools: MenuTools = {
    ...{ ...places, store, media, makeId, clock, log },
    async greetingClip(mailboxId) {
      const line = lines.lines.find((each) => each.mailboxId === mailboxId)
      return (line && lines.byId(line.id)?.greetingClip(clock.now())) ?? clips.greetingFor(undefined)
    },
  }
  const passwords = createPasswords(options.random)
  const tries = createThrottle({
    clock,
    freeTries: FREE_TRIES,
    firstWaitMs: MINUTE_MS,
    longestWaitMs: DAY_MS,
    forgetAfterMs: 2 * DAY_MS,
  })
  const legs = new Set<Leg>()

  function note(act: AuditAct, { callId, number, mailbox }: RemoteCaller, why: string): void {
    const entry = { at: clock.now(), who: whoIs(number), act, callId, messageId: null }
    void writes.add('an audit entry', () => store.audit.add({ ...entry, detail: `${mailbox.name}${why}` }))
  }

  async function judgePin(pin: string, caller: RemoteCaller): Promise<boolean> {
    const { id, name, pinHash } = caller.mailbox
    if (pinHash === null) return false
    const waitMs = tries.charge(id)
    if (waitMs > 0) {
      log.warn({ mailbox: name, waitMs }, 'a PIN was typed too soon after wrong ones: it counts for nothing')
      note(
        'pin-refused',
        caller,
        `: too soon after wrong ones, for ${Math.ceil(waitMs / MINUTE_MS)} min more`,
      )
      return false
    }
    const isRight = await passwords.verify(pin, pinHash).catch(() => false)
    if (isRight) tries.forgive(id)
    else log.warn({ mailbox: name, caller: caller.number }, 'a wrong PIN was typed')
    note(isRight ? 'let-in' : 'pin-refused', caller, '')
    return isRight
  }

  return {
    doorFor: (caller) => ({
      judgePin: (pin) => judgePin(pin, caller),
      openMenu: (session, hangUp) =>
        runMenu({
          ...{ ...tools, session, hangUp },
          mailboxIds: [caller.mailbox.id],
          who: whoIs(caller.number),
        }),
    }),
    answerPhone(leg, mailboxIds, callBack) {
      let menu: Menu | undefined
      legs.add(leg)
      const begin = (): void => {
        const { session } = leg
        if (!session) return
        const hangUp = () => leg.hangUp(false)
        menu = runMenu({
          ...{ ...tools, session, mailboxIds, who: `phone:${leg.phone}`, hangUp },
          ...(callBack && { callBack }),
        })
      }
      leg.onEvent = (event) => {
        switch (event.kind) {
          case 'ready':
            leg.accept()
            clock.setTimer(ANSWERED_MS, begin)
            return
          case 'digit':
            return menu?.digit(event.digit)
          case 'played':
            return menu?.played(event.mark)
          case 'take-ended':
            return menu?.takeEnded(event.take)
          case 'transfer': // Whom should it talk to?
            return event.refuse(603)
          case 'gone':
            legs.delete(leg)
            return menu?.close()
          case 'rings':
            return
        }
      }
    },
    close() {
      for (const leg of legs) leg.hangUp(false)
    },
  }
}
