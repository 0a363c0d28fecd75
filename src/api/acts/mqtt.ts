import type { z } from 'zod'
import { AnswerphoneError } from '../../shared/errors.ts'
import { keepMqttSettings, type MqttSettings, readMqttSettings } from '../../store/mqtt-settings.ts'
import type { Store } from '../../store/store.ts'
import type { mqttChange } from '../contract.ts'
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'
import { noteChange } from './note-change.ts'

export type MqttTools = AuditTools & { readonly store: Pick<Store, 'audit' | 'settings'> }

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
  tools: MqttTools,
  change: z.output<typeof mqttChange>,
): Promise<MqttSettings> {
  const { store } = tools
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
  if (before) await noteChange(tools, 'target-changed', 'MQTT', { before, after: settings })
  else await note(tools, 'target-changed', { detail: 'MQTT: added' })
  return settings
}

/** Tells no broker any more. */
export async function forgetMqtt(tools: MqttTools): Promise<void> {
  const before = await readMqttSettings(tools.store)
  await keepMqttSettings(tools.store, null)
  if (before) await note(tools, 'target-changed', { detail: 'MQTT: removed' })
}

const invalid = (what: string) => new AnswerphoneError('AP_INPUT_INVALID', { what })
