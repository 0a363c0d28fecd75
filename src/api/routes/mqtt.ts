import { readMqttSettings } from '../../store/mqtt-settings.ts'
import { changeMqtt, forgetMqtt } from '../acts/mqtt.ts'
import { nameOf } from '../auth/name-of.ts'
import { mqtt, mqttChange } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showMqtt } from '../views/mqtt.ts'

const common = { access: 'owner', tag: 'MQTT', url: '/api/v1/mqtt' } as const

export const mqttRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    summary: 'The broker that is told how things stand, and whether it is there',
    answer: { status: 200, json: mqtt },
    handle: async (_request, { store, mqttStanding }) =>
      showMqtt(await readMqttSettings(store), mqttStanding()),
  }),
  defineRoute({
    ...common,
    method: 'PATCH',
    summary: 'Sets the broker up, or changes it',
    body: mqttChange,
    answer: { status: 200, json: mqtt },
    handle: async ({ body, who }, context) =>
      showMqtt(await changeMqtt({ ...context, who: nameOf(who) }, body), context.mqttStanding()),
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    summary: 'Tells no broker any more',
    answer: { status: 204 },
    handle: ({ who }, context) => forgetMqtt({ ...context, who: nameOf(who) }),
  }),
]
