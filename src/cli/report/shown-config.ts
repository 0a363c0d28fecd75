import type { SettingKey } from '../../config/settings.ts'
import type { Config } from '../../config.ts'

/** Settings that hold no secret, and name nobody. Of each other one is said only that it is set. */
const OPEN: ReadonlySet<SettingKey> = new Set<SettingKey>([
  'data',
  'sip',
  'sips',
  'http',
  'https',
  'hostNames',
  'trustedProxies',
  'publicAddress',
  'stunServer',
  'keepAliveSeconds',
  'phonesFrom',
  'listenCode',
  'pickUpCode',
  'menuCode',
  'machineCode',
  'quietCode',
  'push',
  'webhooksPublic',
  'rtpPorts',
  'journalBytes',
  'logLevel',
])

/** How the machine is started, for strangers. A setting that is new here is closed until somebody opens it. */
export function shownConfig(config: Config): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      value === undefined || OPEN.has(key as SettingKey) ? (value ?? null) : 'set',
    ]),
  )
}
