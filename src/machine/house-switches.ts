import type { Clock, Timer } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Store } from '../store/store.ts'
import { readSwitches, type Switches, switchesAt } from '../store/switches.ts'
import type { MachineEvent } from './machine.ts'

/** What the house is switched to, in memory: asked for each call that arrives. */
export interface HouseSwitches {
  readonly current: Switches
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
    readonly store: Pick<Store, 'settings' | 'onChange'>
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

  const stopFollowing = store.onChange((tables) => {
    if (tables.size > 0 && !tables.has('settings')) return
    readSwitches(store, clock.now()).then(take, (error: unknown) =>
      log.error({ err: error }, 'the switches can not be read; they stay as they were'),
    )
  })
  // Between the reading and this nobody would have heard of a change.
  take(await readSwitches(store, clock.now()))
  return {
    get current() {
      return switchesAt(switches, clock.now())
    },
    close() {
      timer?.cancel()
      stopFollowing()
    },
  }
}
