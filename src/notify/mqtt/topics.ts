import type { MqttSettings } from '../../store/mqtt-settings.ts'
import type { Command, HouseState } from './house-state.ts'
import { mqttWords } from './words.ts'

/** Retained messages by topic: all that the broker holds of us. */
export type Retained = ReadonlyMap<string, string>

type Topics = Pick<MqttSettings, 'baseTopic'>

/** ON and OFF, as Home Assistant has them. */
const onOff = (is: boolean) => (is ? 'ON' : 'OFF')

/** `online` while we are there; the broker itself says `offline` when we are gone (the Last Will). */
export const availabilityTopic = ({ baseTopic }: Topics) => `${baseTopic}/status`

export const commandTopics = ({ baseTopic }: Topics) => [`${baseTopic}/machine/set`, `${baseTopic}/dnd/set`]

/** What a message on a command topic wants; undefined: it is none that we know. */
export function readCommand({ baseTopic }: Topics, topic: string, payload: string): Command | undefined {
  if (payload !== 'ON' && payload !== 'OFF') return undefined
  const on = payload === 'ON'
  if (topic === `${baseTopic}/machine/set`) return { machineOn: on }
  return topic === `${baseTopic}/dnd/set` ? { doNotDisturb: on } : undefined
}

/** Something that is shown: its topic and value, and what Home Assistant makes of it. */
interface Entity {
  readonly component: 'binary_sensor' | 'sensor' | 'switch'
  readonly id: string
  readonly topic: string
  readonly value: string
  readonly name: string
  readonly more?: object
}

/** How things stand, as entities. */
function entitiesOf(settings: MqttSettings, state: HouseState): readonly Entity[] {
  const { baseTopic, showCallers, language } = settings
  const words = mqttWords[language]
  const waiting = state.mailboxes.reduce((sum, { newMessages }) => sum + newMessages, 0)
  const switchOf = (id: string, on: boolean, name: string, icon: string): Entity => {
    const topic = `${baseTopic}/${id}`
    const more = { command_topic: `${topic}/set`, icon }
    return { component: 'switch', id, topic, value: onOff(on), name, more }
  }
  const binary = (id: string, is: boolean, name: string, more: object): Entity => ({
    ...{ component: 'binary_sensor', id, topic: `${baseTopic}/${id}`, value: onOff(is), name, more },
  })
  return [
    switchOf('machine', state.machineOn, words.machine, 'mdi:voicemail'),
    switchOf('dnd', state.doNotDisturb, words.doNotDisturb, 'mdi:bell-sleep'),
    binary('lamp', waiting > 0, words.lamp, { icon: 'mdi:email-alert' }),
    binary('ringing', state.isRinging, words.ringing, { icon: 'mdi:phone-ring' }),
    binary('recording', state.isRecording, words.recording, { icon: 'mdi:record-rec' }),
    ...withTopics(state.mailboxes).map(({ id, name, newMessages, part }) => ({
      component: 'sensor' as const,
      id: `mailbox_${id}`,
      topic: `${baseTopic}/mailboxes/${part}`,
      value: `${newMessages}`,
      name: words.newMessages(name),
      more: { icon: 'mdi:message-badge', state_class: 'measurement' },
    })),
    ...withTopics(state.mailboxes).flatMap(({ id, name, filledPercent, part }) =>
      filledPercent === null
        ? []
        : [
            {
              component: 'sensor' as const,
              id: `mailbox_${id}_filled`,
              topic: `${baseTopic}/mailboxes/${part}/filled`,
              value: `${filledPercent}`,
              name: words.filled(name),
              more: { icon: 'mdi:gauge', unit_of_measurement: '%', state_class: 'measurement' },
            },
          ],
    ),
    ...withTopics(state.lines).map(({ id, name, isRegistered, part }) => ({
      component: 'binary_sensor' as const,
      id: `line_${id}`,
      topic: `${baseTopic}/lines/${part}`,
      value: onOff(isRegistered),
      name: words.line(name),
      more: { device_class: 'connectivity', entity_category: 'diagnostic' },
    })),
    ...(showCallers
      ? [
          {
            component: 'sensor' as const,
            id: 'last_caller',
            topic: `${baseTopic}/last_caller`,
            // The limit of a state in Home Assistant.
            value: state.lastCaller.slice(0, 255),
            name: words.lastCaller,
            more: { icon: 'mdi:phone-incoming' },
          },
        ]
      : []),
  ]
}

/** A part of a topic for each, of its name; of its id, where two names would be the same. */
function withTopics<Row extends { readonly id: string; readonly name: string }>(rows: readonly Row[]) {
  const parts = rows.map(({ name }) => name.replace(/[^\p{L}\p{N}._-]/gu, '_'))
  return rows.map((row, i) => {
    const [part = row.id] = [parts[i]]
    return { ...row, part: parts.indexOf(part) === parts.lastIndexOf(part) ? part : row.id }
  })
}

/** All that the broker shall hold of us, but for whether we are there; empty: nothing, whatever it held. */
export function retainedOf(settings: MqttSettings, state: HouseState, version: string): Retained {
  const entities = entitiesOf(settings, state)
  const { discovery, baseTopic, showCallers } = settings
  const unsaid = showCallers ? [] : [[`${baseTopic}/last_caller`, ''] as const]
  const values = [...entities.map(({ topic, value }) => [topic, value] as const), ...unsaid]
  if (discovery === null) return new Map(values)
  const node = nodeOf(settings)
  const device = {
    identifiers: [node],
    name: 'Answerphone',
    manufacturer: 'Answerphone',
    model: mqttWords[settings.language].model,
    sw_version: version,
  }
  const configs = entities.map(({ component, id, topic, name, more }) => {
    const config = {
      name,
      unique_id: `${node}_${id}`,
      state_topic: topic,
      availability_topic: availabilityTopic(settings),
      qos: 1,
      ...more,
      device,
      origin: { name: 'Answerphone', sw_version: version },
    }
    return [`${discovery}/${component}/${node}/${id}/config`, JSON.stringify(config)] as const
  })
  return new Map([...configs, ...values])
}

/** By the base topic, the one thing in which two machines at a broker differ. */
const nodeOf = ({ baseTopic }: Topics) => baseTopic.replace(/[^A-Za-z0-9_-]/g, '_')

/** Where Home Assistant says that it has started, and where our own descriptions are, those of before included. */
export function discoveryTopics(
  settings: MqttSettings,
): { readonly birth: string; readonly own: string } | null {
  const { discovery } = settings
  return discovery === null
    ? null
    : { birth: `${discovery}/status`, own: `${discovery}/+/${nodeOf(settings)}/+/config` }
}
