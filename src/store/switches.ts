import type { SwitchName } from '../shared/switch-name.ts'
import type { Store } from './store.ts'

/** What the house is switched to. */
export interface Switches {
  /** False: phones ring, and the machine never answers. */
  readonly machineOn: boolean
  /** No phone rings, and the machine answers as ever: since when it is on, and until when; null: it is off. */
  readonly doNotDisturb: { readonly until: number | null } | null
}

const KEY = 'switches'
const AS_NEW: Switches = { machineOn: true, doNotDisturb: null }

/** As they are at this instant: what was to last until then is over. */
export async function readSwitches(store: Pick<Store, 'settings'>, now: number): Promise<Switches> {
  const written = await store.settings.get(KEY)
  return switchesAt(written === null ? AS_NEW : { ...AS_NEW, ...(JSON.parse(written) as Switches) }, now)
}

/** The others stay as they are. */
export async function setSwitches(
  store: Pick<Store, 'settings'>,
  change: Partial<Switches>,
  now: number,
): Promise<Switches> {
  const switches = { ...(await readSwitches(store, now)), ...change }
  await store.settings.set(KEY, JSON.stringify(switches))
  return switchesAt(switches, now)
}

/** The other way round; do not disturb is then on until somebody says otherwise. */
export const turned = (
  { machineOn, doNotDisturb }: Switches,
  which: SwitchName,
): Pick<Switches, 'machineOn'> | Pick<Switches, 'doNotDisturb'> =>
  which === 'machine'
    ? { machineOn: !machineOn }
    : { doNotDisturb: doNotDisturb === null ? { until: null } : null }

/** Whether it stands as it seldom does, so that a key on a phone shines: the machine is off, do not disturb is on. */
export const isOutOfOrdinary = ({ machineOn, doNotDisturb }: Switches, which: SwitchName): boolean =>
  which === 'machine' ? !machineOn : doNotDisturb !== null

export function switchesAt(switches: Switches, now: number): Switches {
  const { until = null } = switches.doNotDisturb ?? {}
  return until !== null && until <= now ? { ...switches, doNotDisturb: null } : switches
}
