import type { Clock, Timer } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import { newestRead } from '../shared/newest-read.ts'
import type { SwitchName } from '../shared/switch-name.ts'
import type { Store } from '../store/store.ts'
import {
  isOutOfOrdinary,
  readSwitches,
  type Switches,
  setSwitches,
  switchesAt,
  turned,
} from '../store/switches.ts'
import type { MachineEvent } from './machine.ts'

/** What the house is switched to, in memory: asked for each call that arrives. */
export interface HouseSwitches {
  readonly current: Switches
  /**
   * Turns one the other way, and has the audit know of it; one after the other. Rejects with AP_STORE_* when it can't be
   * written.
   *
   * @param who as the audit names them
   */
  turn(which: SwitchName, who: string): Promise<Switches>
  close(): void
}

/** A timer is set for at most so long; a clock may be set meanwhile. */
const LONGEST_WAIT_MS = 3600_000

/** Rejects with AP_STORE_* when the store can't be read. */
export async function openHouseSwitches(
  {
    store,
    clock,
    log,
  }: {
    readonly store: Pick<Store, 'settings' | 'onChange' | 'audit'>
    readonly clock: Clock
    readonly log: Log
  },
  tell: (event: Extract<MachineEvent, { kind: 'switches-changed' }>) => void,
): Promise<HouseSwitches> {
  let switches: Switches = { machineOn: true, doNotDisturb: null }
  let timer: Timer | undefined

  function take(next: Switches): void {
    const changed = JSON.stringify(next) !== JSON.stringify(switches)
    switches = next
    timer?.cancel()
    const { until = null } = next.doNotDisturb ?? {}
    if (until !== null)
      timer = clock.setTimer(Math.min(until - clock.now(), LONGEST_WAIT_MS), () =>
        take(switchesAt(switches, clock.now())),
      )
    if (changed) tell({ kind: 'switches-changed', switches: next })
  }

  async function turn(which: SwitchName, who: string): Promise<Switches> {
    const at = clock.now()
    const next = await setSwitches(store, turned(await readSwitches(store, at), which), at)
    // Those who are called in this moment are to find it so; the store tells of it a little later.
    take(next)
    const isOn = isOutOfOrdinary(next, which) === (which === 'do-not-disturb')
    const detail = `${which.replaceAll('-', ' ')} ${isOn ? 'on' : 'off'}`
    const entry = { at, who, act: 'switched', callId: null, messageId: null, detail } as const
    await store.audit
      .add(entry)
      .catch((error: unknown) => log.warn({ err: error, ...entry }, 'an audit entry could not be written'))
    return next
  }

  const follow = newestRead(() => readSwitches(store, clock.now()), take)
  /** What is turned now; two that press at once would else both read the same. */
  let turning: Promise<unknown> = Promise.resolve()
  const stopFollowing = store.onChange((tables) => {
    if (tables.size > 0 && !tables.has('settings')) return
    follow().catch((error: unknown) =>
      log.error({ err: error }, 'the switches can not be read; they stay as they were'),
    )
  })
  // Between the reading and this nobody would have heard of a change.
  await follow()
  return {
    get current() {
      return switchesAt(switches, clock.now())
    },
    turn(which, who) {
      const done = turning.then(() => turn(which, who))
      turning = done.catch(() => undefined)
      return done
    },
    close() {
      timer?.cancel()
      stopFollowing()
    },
  }
}
