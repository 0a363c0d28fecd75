import type { z } from 'zod'
import { AnswerphoneError } from '../../shared/errors.ts'
import { keepMqttSettings, type MqttSettings, readMqttSettings } from '../../store/mqtt-settings.ts'
import type { Store } from '../../store/store.ts'
import type { mqttChange } from '../contract.ts'
import { defined } from './defined.ts'

const AS_NEW: Omit<MqttSettings, 'url'> = {
  user: null,
  password: null,
  baseTopic: 'answerphone',
  discovery: 'homeassistant',
  showCallers: true,
  language: 'en',
}

/** Sets the broker up, or changes it; the machine connects by itself. Rejects with AP_INPUT_INVALID. */
export async function changeMqtt(
  store: Pick<Store, 'settings'>,
  change: z.output<typeof mqttChange>,
): Promise<MqttSettings> {
  const before = await readMqttSettings(store)
  const { url = before?.url } = change
  if (url === undefined) throw invalid('Give the broker (url), too.')
  // The password is for the broker that it was given for, and no other.
  const isOther = before !== null && URL.parse(before.url)?.host !== URL.parse(url)?.host
  if (before?.password && isOther && change.password === undefined && change.user !== null)
    throw invalid('Give the password again: the one that is kept was for another broker.')
  const merged: MqttSettings = { ...AS_NEW, ...before, ...defined(change), url }
  const settings = merged.user === null ? { ...merged, password: null } : merged
  await keepMqttSettings(store, settings)
  return settings
}

const invalid = (what: string) => new AnswerphoneError('AP_INPUT_INVALID', { what })
