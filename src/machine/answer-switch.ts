import { MACHINE_OFF, MACHINE_ON, NOT_SWITCHED, QUIET_OFF, QUIET_ON } from '../call/orders.ts'
import type { Leg } from '../owner/leg/leg.ts'
import type { Clock } from '../shared/clock.ts'
import type { Language } from '../shared/language.ts'
import type { Log } from '../shared/log.ts'
import { unreachable } from '../shared/step.ts'
import type { SwitchName } from '../shared/switch-name.ts'
import type { Switches } from '../store/switches.ts'
import { type Clips, clipIn } from './clips.ts'
import type { HouseSwitches } from './house-switches.ts'

/** What a phone does between our answer and its first sound. */
const ANSWERED_MS = 500

/**
 * Answers a phone that has dialled the code of a switch: turns the switch, says how it stands now, and hangs up. Who hangs
 * up before hearing that has turned it all the same, as by a key with a lamp.
 */
export function answerSwitch(
  leg: Leg,
  which: SwitchName,
  options: {
    readonly switches: Pick<HouseSwitches, 'turn'>
    readonly clips: Pick<Clips, 'shipped'>
    /** In which it is said. */
    readonly language: () => Promise<Language>
    readonly clock: Clock
    readonly log: Log
  },
): void {
  const { switches, clips, clock, log } = options

  async function turn(): Promise<string> {
    try {
      return promptOf(which, await switches.turn(which, `phone:${leg.phone}`))
    } catch (error) {
      log.error({ err: error, phone: leg.phone }, 'what a phone has switched could not be written')
      return NOT_SWITCHED
    }
  }

  async function say(prompt: string): Promise<void> {
    try {
      const language = await options.language()
      await clips.shipped(language)
      leg.session?.play(clipIn(language, prompt), prompt)
    } catch (error) {
      log.warn({ err: error }, 'a phone could not be told what it has switched')
      leg.hangUp(false)
    }
  }

  leg.onEvent = (event) => {
    switch (event.kind) {
      case 'ready': {
        leg.accept()
        const turning = turn()
        clock.setTimer(ANSWERED_MS, () => void turning.then(say))
        return
      }
      case 'played':
        return leg.hangUp(false)
      case 'transfer': // There is nobody to talk to.
        return event.refuse(603)
      case 'rings':
      case 'digit':
      case 'take-ended':
      case 'gone':
        return
      default:
        return unreachable(event)
    }
  }
}

const promptOf = (which: SwitchName, { machineOn, doNotDisturb }: Switches): string => {
  if (which === 'machine') return machineOn ? MACHINE_ON : MACHINE_OFF
  return doNotDisturb === null ? QUIET_OFF : QUIET_ON
}
