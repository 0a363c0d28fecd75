import type { Store } from './store.ts'

/** The broker that is told how things stand, and how. */
export interface MqttSettings {
  /** mqtt:, mqtts:, ws: or wss:, without a login. */
  readonly url: string
  readonly user: string | null
  readonly password: string | null
  /** What all topics begin with; another machine at the same broker has another. */
  readonly baseTopic: string
  /** Where Home Assistant looks for devices; null: it is told of none. */
  readonly discovery: string | null
  /** Whether the broker learns who calls. */
  readonly showCallers: boolean
  /** Of the names that Home Assistant shows. */
  readonly language: 'en' | 'de'
}

const KEY = 'mqtt'

export async function readMqttSettings(store: Pick<Store, 'settings'>): Promise<MqttSettings | null> {
  const written = await store.settings.get(KEY)
  return written ? (JSON.parse(written) as MqttSettings) : null
}

/** Null: no broker is told any more. */
export const keepMqttSettings = (
  store: Pick<Store, 'settings'>,
  settings: MqttSettings | null,
): Promise<void> => store.settings.set(KEY, settings ? JSON.stringify(settings) : '')
