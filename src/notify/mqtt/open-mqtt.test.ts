import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { silentLog } from '../../shared/log.ts'
import { keepMqttSettings, type MqttSettings } from '../../store/mqtt-settings.ts'
import type { Store } from '../../store/store.ts'
import type { Command, HouseState } from './house-state.ts'
import type { MqttClient } from './mqtt-client.ts'
import { type Mqtt, openMqtt } from './open-mqtt.ts'

const SETTINGS: MqttSettings = {
  ...{ url: 'mqtt://broker', user: null, password: null, baseTopic: 'home/phone', discovery: 'ha' },
  ...{ showCallers: true, language: 'de' },
}
const STATE: HouseState = {
  ...{ machineOn: true, doNotDisturb: false, isRinging: false, isRecording: false, lastCaller: 'Grandma' },
  mailboxes: [
    { id: 'b1', name: 'home', newMessages: 2, filledPercent: null },
    { id: 'b2', name: 'Büro 1', newMessages: 0, filledPercent: null },
  ],
  lines: [{ id: 'l1', name: 'office', isRegistered: true }],
}

/** A broker with one client: what it holds, and a connection that breaks when the test wants it. */
function scriptedBroker() {
  const retained = new Map<string, string>()
  const published: string[] = []
  let events: Parameters<MqttClient['on']>[0] | undefined
  let isTaking = true
  const client: MqttClient = {
    get connected() {
      return broker.connected
    },
    publish(topic, payload, _options, done) {
      published.push(topic)
      if (!isTaking) return
      if (payload === '') retained.delete(topic)
      else retained.set(topic, payload)
      queueMicrotask(() => done())
    },
    subscribe: (topics) => void broker.subscribed.push(...topics),
    on(all) {
      events = all
    },
    async end() {
      broker.ends += 1
      broker.connected = false
    },
  }
  const broker = {
    client,
    retained,
    published,
    connected: false,
    ends: 0,
    subscribed: [] as string[],
    stall() {
      isTaking = false
    },
    up() {
      isTaking = true
      broker.connected = true
      events?.connect()
    },
    down() {
      broker.connected = false
      events?.close()
    },
    say: (topic: string, payload: string, isRetained = false) =>
      events?.message(topic, Buffer.from(payload), isRetained),
  }
  return broker
}

const clock = fakeClock()
let broker: ReturnType<typeof scriptedBroker>
let values: Map<string, string>
let listeners: Set<(tables: ReadonlySet<string>) => void>
let state: HouseState
let commands: Command[]
let mqtt: Mqtt
let store: Pick<Store, 'settings' | 'onChange'>
const settle = async () => {
  for (let turn = 0; turn < 400; turn++) await Promise.resolve()
}
const pass = async (ms = 100) => {
  await settle()
  await clock.advanceAsync(ms)
  await settle()
}
const set = async (settings: MqttSettings | null) => {
  await keepMqttSettings(store, settings)
  for (const listener of listeners) listener(new Set(['settings']))
  await settle()
}
const shown = (topic: string) => broker.retained.get(`home/phone/${topic}`)

beforeEach(async () => {
  broker = scriptedBroker()
  values = new Map()
  listeners = new Set()
  state = STATE
  commands = []
  store = {
    settings: {
      get: async (key) => values.get(key) ?? null,
      set: async (key, value) => void values.set(key, value),
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  await keepMqttSettings(store, SETTINGS)
  mqtt = openMqtt({
    store,
    connect: async () => broker.client,
    readState: async () => state,
    obey: async (command) => void commands.push(command),
    version: '1.0',
    clock,
    log: silentLog,
  })
  await settle()
})
afterEach(async () => {
  await mqtt[Symbol.asyncDispose]()
  expect(clock.pending).toBe(0)
})

describe('a broker', () => {
  it('holds how things stand, and that we are there, said last', async () => {
    expect(mqtt.standing).toEqual({ state: 'connecting', problem: '' })
    broker.up()
    await pass()
    expect(Object.fromEntries([...broker.retained].filter(([topic]) => !topic.startsWith('ha/')))).toEqual({
      'home/phone/status': 'online',
      'home/phone/machine': 'ON',
      'home/phone/dnd': 'OFF',
      'home/phone/lamp': 'ON',
      'home/phone/ringing': 'OFF',
      'home/phone/recording': 'OFF',
      'home/phone/mailboxes/home': '2',
      'home/phone/mailboxes/Büro_1': '0',
      'home/phone/lines/office': 'ON',
      'home/phone/last_caller': 'Grandma',
    })
    expect(broker.published.at(-1)).toBe('home/phone/status')
    expect(mqtt.standing.state).toBe('connected')
  })

  it('has each thing described for Home Assistant', async () => {
    broker.up()
    await pass()
    const configs = [...broker.retained.keys()].filter((topic) => topic.startsWith('ha/'))
    expect(configs.toSorted()).toEqual([
      'ha/binary_sensor/home_phone/lamp/config',
      'ha/binary_sensor/home_phone/line_l1/config',
      'ha/binary_sensor/home_phone/recording/config',
      'ha/binary_sensor/home_phone/ringing/config',
      'ha/sensor/home_phone/last_caller/config',
      'ha/sensor/home_phone/mailbox_b1/config',
      'ha/sensor/home_phone/mailbox_b2/config',
      'ha/switch/home_phone/dnd/config',
      'ha/switch/home_phone/machine/config',
    ])
    expect(JSON.parse(broker.retained.get('ha/switch/home_phone/dnd/config') ?? '')).toEqual({
      name: 'Nicht stören',
      unique_id: 'home_phone_dnd',
      state_topic: 'home/phone/dnd',
      command_topic: 'home/phone/dnd/set',
      availability_topic: 'home/phone/status',
      qos: 1,
      icon: 'mdi:bell-sleep',
      device: {
        ...{ identifiers: ['home_phone'], name: 'Answerphone', manufacturer: 'Answerphone' },
        ...{ model: 'Anrufbeantworter', sw_version: '1.0' },
      },
      origin: { name: 'Answerphone', sw_version: '1.0' },
    })
  })

  it('is told of changes only, and a burst of them is one', async () => {
    broker.up()
    await pass()
    broker.published.length = 0
    for (let times = 0; times < 50; times++) mqtt.changed()
    state = { ...STATE, isRinging: true }
    await pass()
    expect(broker.published).toEqual(['home/phone/ringing'])
    expect(shown('ringing')).toBe('ON')
  })

  it('that was away learns what is so now, and nothing was kept for it meanwhile', async () => {
    broker.up()
    await pass()
    broker.down()
    broker.published.length = 0
    for (const isRinging of [true, false, true]) {
      state = { ...STATE, isRinging }
      mqtt.changed()
      await pass()
    }
    expect(broker.published).toEqual([])
    broker.retained.clear()
    broker.up()
    await pass()
    expect(shown('ringing')).toBe('ON')
    expect(shown('status')).toBe('online')
  })

  it('that takes nothing and breaks is told by the next connection', async () => {
    broker.stall()
    broker.connected = true
    await set(SETTINGS)
    broker.up()
    broker.stall()
    await pass()
    broker.down()
    broker.up()
    await pass()
    expect(shown('status')).toBe('online')
  })

  it('forgets what is no more, also from before a restart, and callers when they are not to be known', async () => {
    broker.up()
    const gone = 'ha/sensor/home_phone/mailbox_old/config'
    broker.retained.set(gone, '{}')
    broker.say(gone, '{}', true)
    await pass()
    expect(broker.retained.has(gone)).toBe(false)
    state = { ...STATE, mailboxes: STATE.mailboxes.slice(0, 1) }
    mqtt.changed()
    await pass()
    expect([...broker.retained.keys()].join()).not.toContain('b2')
    expect(shown('mailboxes/Büro_1')).toBeUndefined()
    await set({ ...SETTINGS, showCallers: false })
    broker.up()
    await pass()
    expect(broker.ends).toBe(1)
    expect([...broker.retained].join()).not.toMatch(/last_caller|Grandma/)
    expect(shown('status')).toBe('online')
  })

  it('gets everything again when Home Assistant has started', async () => {
    broker.up()
    await pass()
    const { size } = broker.retained
    broker.retained.clear()
    broker.say('ha/status', 'offline')
    broker.say('ha/status', 'online')
    await pass()
    expect(broker.retained.size).toBe(size)
  })

  it('is told farewell, and left, when it is not wanted any more', async () => {
    broker.up()
    await pass()
    await set(null)
    await pass()
    expect(shown('status')).toBe('offline')
    expect([broker.ends, mqtt.standing.state]).toEqual([1, 'off'])
    expect(broker.retained.size, 'of all else nothing is left there').toBe(1)
  })
})

describe('commands', () => {
  it('are ON and OFF on the two topics that are subscribed, and nothing else is one', async () => {
    broker.up()
    await pass()
    expect(broker.subscribed).toEqual([
      ...['home/phone/machine/set', 'home/phone/dnd/set'],
      ...['ha/status', 'ha/+/home_phone/+/config'],
    ])
    broker.say('home/phone/machine/set', 'OFF')
    broker.say('home/phone/dnd/set', 'ON')
    for (const [topic, payload] of [
      ['home/phone/machine/set', 'off'],
      ['home/phone/machine/set', ''],
      ['home/phone/machine/set', 'ON'.repeat(5000)],
      ['home/phone/machine', 'ON'],
      ['home/phone/hang-up/set', 'ON'],
      ['other/machine/set', 'ON'],
    ] as const)
      broker.say(topic, payload)
    broker.say('home/phone/machine/set', 'ON', true)
    await pass()
    expect(commands).toEqual([{ machineOn: false }, { doNotDisturb: true }])
  })
})
