import type { MqttStanding } from '../../notify/mqtt/open-mqtt.ts'
import type { MqttSettings } from '../../store/mqtt-settings.ts'
import type { Mqtt } from '../contract.ts'

/** The broker as the API shows it: without its password. */
export function showMqtt(settings: MqttSettings | null, standing: MqttStanding): Mqtt {
  if (!settings) return { broker: null, ...standing }
  const { password, ...shown } = settings
  return { broker: { ...shown, hasPassword: password !== null }, ...standing }
}
