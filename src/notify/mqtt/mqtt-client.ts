import type { MqttSettings } from '../../store/mqtt-settings.ts'
import { availabilityTopic } from './topics.ts'

/** A connection to a broker that comes back by itself, as far as it is used here. */
export interface MqttClient {
  readonly connected: boolean
  /** `done` may never be called, when the connection breaks. */
  publish(topic: string, payload: string, options: PublishOptions, done: (error?: unknown) => void): void
  subscribe(topics: readonly string[]): void
  on(events: {
    connect(): void
    close(): void
    error(error: Error): void
    message(topic: string, payload: Uint8Array, isRetained: boolean): void
  }): void
  /** Resolves when it is closed; what is on its way is given up. */
  end(): Promise<void>
}

export interface PublishOptions {
  readonly qos: 1
  readonly retain: boolean
}

const RECONNECT_MS = 15_000
const CONNECT_MS = 10_000

/** Connects by the mqtt package, which is loaded with the first broker. */
export async function connectMqtt(settings: MqttSettings, clientId: string): Promise<MqttClient> {
  const { connect } = await import('mqtt')
  const { url, user, password } = settings
  const client = connect(url, {
    clientId,
    ...(user !== null && { username: user }),
    ...(password !== null && { password }),
    clean: true,
    reconnectPeriod: RECONNECT_MS,
    connectTimeout: CONNECT_MS,
    // Nothing waits for a broker that is away: how things stand is told when it is back.
    queueQoSZero: false,
    resubscribe: false,
    will: { topic: availabilityTopic(settings), payload: Buffer.from('offline'), qos: 1, retain: true },
  })
  return {
    get connected() {
      return client.connected
    },
    publish: (topic, payload, options, done) => void client.publish(topic, payload, options, done),
    subscribe: (topics) => void client.subscribe([...topics], { qos: 1 }, () => {}),
    on(events) {
      client.on('connect', events.connect)
      client.on('close', events.close)
      client.on('error', events.error)
      client.on('message', (topic, payload, { retain }) => events.message(topic, payload, retain))
    },
    end: () => client.endAsync(true).catch(() => {}),
  }
}
