import type { Clock, Timer } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import { type MqttSettings, readMqttSettings } from '../../store/mqtt-settings.ts'
import type { Store } from '../../store/store.ts'
import type { Command, HouseState } from './house-state.ts'
import type { MqttClient } from './mqtt-client.ts'
import {
  availabilityTopic,
  commandTopics,
  discoveryTopics,
  type Retained,
  readCommand,
  retainedOf,
} from './topics.ts'

/** Whether the broker is told. */
export interface MqttStanding {
  readonly state: 'off' | 'connecting' | 'connected'
  /** What stood in the way the last time; empty: nothing. */
  readonly problem: string
}

/** Keeps a broker told of how things stand. */
export interface Mqtt extends AsyncDisposable {
  readonly standing: MqttStanding
  /** Something may be otherwise than before. */
  changed(): void
}

export interface MqttOptions {
  readonly store: Pick<Store, 'settings' | 'onChange'>
  readonly connect: (settings: MqttSettings) => Promise<MqttClient>
  readonly readState: () => Promise<HouseState>
  readonly obey: (command: Command) => Promise<void>
  readonly version: string
  readonly clock: Clock
  readonly log: Log
}

/** A burst of changes is one. */
const GATHER_MS = 100
const LONGEST_PAYLOAD = 16
/** Others at the broker could make it hold more in our name. */
const MOST_TOLD = 2000
const RETAINED = { qos: 1, retain: true } as const

/**
 * Has a broker hold, as retained messages, how things stand: told anew when it is back, or Home Assistant has started. It
 * keeps no more than the values of now, however long the broker is away, and publishes one at a time.
 */
export function openMqtt(options: MqttOptions): Mqtt {
  const { store, connect, readState, obey, version, clock, log } = options
  let settings: MqttSettings | null = null
  let client: MqttClient | undefined
  let problem = ''
  /** As the broker has it, since it was connected; and as it should be. */
  let told = new Map<string, string>()
  let wanted: Retained = new Map()
  /** What a connection began is no business of the next. */
  let connection = 0
  let publishing = false
  let timer: Timer | undefined
  let closed = false
  let changing: Promise<void> = Promise.resolve()

  const stopFollowing = store.onChange((tables) => {
    if (tables.size === 0 || tables.has('settings')) follow()
    changed()
  })

  /** Takes up what the settings say now, one change after the other. */
  function follow(): void {
    changing = changing
      .then(async () => {
        const next = await readMqttSettings(store)
        if (closed || JSON.stringify(next) === JSON.stringify(settings)) return
        await leave('for good')
        settings = next
        if (next) await begin(next)
      })
      .catch((error: unknown) => log.warn({ err: error }, 'MQTT can not be set up'))
  }

  async function begin(chosen: MqttSettings): Promise<void> {
    const opened = await connect(chosen)
    client = opened
    opened.on({
      connect() {
        problem = ''
        connection += 1
        publishing = false
        told = new Map()
        const discovery = discoveryTopics(chosen)
        opened.subscribe([...commandTopics(chosen), ...(discovery ? [discovery.birth, discovery.own] : [])])
        log.info({ broker: brokerOf(chosen) }, 'MQTT: connected')
        refresh()
      },
      close() {
        connection += 1
        publishing = false
      },
      error({ message }) {
        if (message !== problem) log.warn({ broker: brokerOf(chosen), why: message }, 'MQTT: no connection')
        problem = message
      },
      message: (topic, payload, isRetained) => heard(chosen, topic, payload, isRetained),
    })
  }

  /** @param how `for good`: the broker is to hold nothing of us any more */
  async function leave(how: 'for good' | 'for now'): Promise<void> {
    const left = client
    const was = settings
    client = undefined
    connection += 1
    if (!left || !was) return
    // A farewell is no Last Will: the broker is told that we are gone.
    if (left.connected && how === 'for good')
      for (const topic of told.keys())
        if (topic !== availabilityTopic(was)) left.publish(topic, '', RETAINED, () => {})
    if (left.connected)
      await new Promise<void>((said) => {
        const patience = clock.setTimer(1000, () => said())
        left.publish(availabilityTopic(was), 'offline', RETAINED, () => {
          patience.cancel()
          said()
        })
      })
    await left.end()
  }

  function heard(chosen: MqttSettings, topic: string, payload: Uint8Array, isRetained: boolean): void {
    const discovery = discoveryTopics(chosen)
    if (topic === discovery?.birth) {
      if (Buffer.from(payload).toString() !== 'online') return
      // It has forgotten what it knew.
      told = new Map()
      return refresh()
    }
    if (discovery && topic.startsWith(`${chosen.discovery}/`) && topic.endsWith('/config')) {
      // What the broker holds of us, be it of a mailbox or line that is gone, is told already.
      if (payload.length > 0 && told.size < MOST_TOLD) told.set(topic, Buffer.from(payload).toString())
      if (payload.length > 0 && wanted.size > 0 && !wanted.has(topic)) forget(topic)
      return
    }
    // A command that is retained was meant for another day.
    if (isRetained || payload.length > LONGEST_PAYLOAD) return
    const command = readCommand(chosen, topic, Buffer.from(payload).toString())
    if (!command) return log.info({ topic }, 'MQTT: no command of ours')
    obey(command)
      .then(changed)
      .catch((error: unknown) => log.warn({ err: error, topic }, 'MQTT: a command could not be carried out'))
  }

  function forget(topic: string): void {
    client?.publish(topic, '', RETAINED, () => {})
    told.delete(topic)
  }

  function changed(): void {
    if (!client || timer || closed) return
    timer = clock.setTimer(GATHER_MS, () => {
      timer = undefined
      refresh()
    })
  }

  function refresh(): void {
    const chosen = settings
    if (!chosen || !client?.connected) return
    readState().then(
      (state) => {
        if (chosen !== settings) return
        wanted = retainedOf(chosen, state, version)
        for (const topic of [...told.keys()])
          if (!wanted.has(topic) && topic !== availabilityTopic(chosen)) forget(topic)
        publishNext(chosen)
      },
      (error: unknown) => log.warn({ err: error }, 'MQTT: how things stand can not be read'),
    )
  }

  /** The first that the broker does not know yet; at last that we are there. */
  function publishNext(chosen: MqttSettings): void {
    if (publishing || !client?.connected || closed) return
    const all = [...wanted, [availabilityTopic(chosen), 'online'] as const]
    const next = all.find(([topic, payload]) => told.get(topic) !== payload)
    if (!next) return
    const [topic, payload] = next
    const begunIn = connection
    publishing = true
    client.publish(topic, payload, RETAINED, (error) => {
      if (begunIn !== connection) return
      publishing = false
      if (error) return log.warn({ err: error, topic }, 'MQTT: it could not be published')
      told.set(topic, payload)
      publishNext(chosen)
    })
  }

  follow()
  return {
    get standing(): MqttStanding {
      if (!settings) return { state: 'off', problem: '' }
      return { state: client?.connected ? 'connected' : 'connecting', problem }
    },
    changed,
    async [Symbol.asyncDispose]() {
      stopFollowing()
      closed = true
      timer?.cancel()
      await changing
      await leave('for now')
    },
  }
}

/** Without what may be secret in it. */
const brokerOf = ({ url }: MqttSettings) => URL.parse(url)?.host ?? ''
