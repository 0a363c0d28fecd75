import type { Mailboxes } from '../../mailbox/mailbox.ts'
import type { HearOptions, MediaEngine, MediaSession } from '../../media/engine.ts'
import type { OwnerCall } from '../../owner/call/run-owner-call.ts'
import type { Leg } from '../../owner/leg/leg.ts'
import type { CallBack } from '../../owner/switchboard.ts'
import type { Clock } from '../../shared/clock.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Language } from '../../shared/language.ts'
import type { Log } from '../../shared/log.ts'
import type { Store } from '../../store/store.ts'
import type { Clips } from '../clips.ts'
import { languageOf } from '../language-of.ts'
import type { LineBook } from '../line-book.ts'
import { joinCall } from './join-call.ts'
import { type PinLock, type RemoteCaller, whoIs } from './pin-lock.ts'
import { type Menu, type MenuOptions, type MenuTools, runMenu } from './run-menu.ts'

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

/** The spoken menus: those of phones, and those of owners who call from afar. */
export interface Menus {
  /** What a caller finds who may be the owner. */
  doorFor(caller: RemoteCaller): RemoteDoor
  /** Answers a phone that has dialled the menu. */
  answerPhone(leg: Leg, mailboxIds: readonly string[], callBack?: CallBack): void
  /** Ends the menus of phones. */
  close(): void
}

/** What a phone does between our answer and its first sound. */
const ANSWERED_MS = 500

export function createMenus(options: {
  readonly places: MenuPlaces
  readonly store: Pick<Store, 'mailboxes' | 'audit'>
  readonly pins: PinLock
  readonly media: Pick<MediaEngine, 'loadClip' | 'dropClip' | 'whenSaved' | 'releaseTake' | 'openSession'>
  /** The call at these mailboxes that may be heard. */
  readonly callToHear: (mailboxIds: readonly string[]) => OwnerCall | undefined
  readonly lines: Pick<LineBook, 'lines' | 'byId'>
  readonly clips: Clips
  readonly makeId: MakeId
  readonly clock: Clock
  readonly log: Log
}): Menus {
  const { places, store, pins, lines, clips, media, makeId, clock, log } = options
  const tools: MenuTools = {
    ...{ ...places, store, media, makeId, clock, log },
    async greetingClip(mailboxId) {
      const line = lines.lines.find((each) => each.mailboxId === mailboxId)
      return (
        (line && lines.byId(line.id)?.greetingClip(clock.now())) ??
        clips.shipped(await languageOf(store, [mailboxId]))
      )
    },
  }
  const legs = new Set<Leg>()

  /** The call that goes on, for whoever hears this session. */
  const liveFor = (
    mailboxIds: readonly string[],
    who: {
      readonly session: MediaSession
      readonly pace: HearOptions['pace']
      readonly name: string
      readonly by?: string
    },
  ): NonNullable<MenuOptions['live']> => ({
    isThere: () => options.callToHear(mailboxIds) !== undefined,
    async join(onOver) {
      const call = options.callToHear(mailboxIds)
      if (!call) throw new Error('no call goes on')
      return joinCall({ ...who, by: who.by, call, media, onOver })
    },
  })

  return {
    doorFor: (caller) => ({
      judgePin: (pin) => pins.judge(pin, caller),
      openMenu: (session, hangUp) =>
        runMenu({
          ...{ ...tools, session, hangUp },
          mailboxIds: [caller.mailbox.id],
          who: whoIs(caller.number),
          language: caller.mailbox.language,
          // One stream at its own pace, from the answer to the end.
          live: liveFor([caller.mailbox.id], {
            ...{ session, pace: 'evened-out', name: caller.number ?? 'afar' },
            by: whoIs(caller.number),
          }),
        }),
    }),
    answerPhone(leg, mailboxIds, callBack) {
      let menu: Menu | undefined
      legs.add(leg)
      const begin = (language: Language): void => {
        const { session } = leg
        if (!session) return
        const hangUp = () => leg.hangUp(false)
        menu = runMenu({
          ...{ ...tools, session, mailboxIds, language, who: `phone:${leg.phone}`, hangUp },
          live: liveFor(mailboxIds, { session, pace: 'as-it-comes', name: leg.phone }),
          ...(callBack && { callBack }),
        })
      }
      leg.onEvent = (event) => {
        switch (event.kind) {
          case 'ready':
            leg.accept()
            clock.setTimer(ANSWERED_MS, () => {
              // What the menu reads next may fail as well, and says so.
              void languageOf(store, mailboxIds)
                .catch((): Language => 'en')
                .then(begin)
            })
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
