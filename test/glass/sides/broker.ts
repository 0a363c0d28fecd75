import { expect } from 'vitest'
import type { MqttClient } from '../../../src/notify/mqtt/mqtt-client.ts'
import { openMqtt } from '../../../src/notify/mqtt/open-mqtt.ts'
import { silentLog } from '../../../src/shared/log.ts'
import type { MqttSettings } from '../../../src/store/mqtt-settings.ts'
import type { Side } from '../stage.ts'

const SETTINGS: MqttSettings = {
  ...{
    url: 'mqtt://broker',
    user: null,
    password: null,
    baseTopic: 'answerphone',
    discovery: 'homeassistant',
  },
  ...{ showCallers: true, language: 'en' },
}

/** A broker that is told of each change, takes its time, goes and comes back, and switches do not disturb. */
export const broker: Side = {
  name: 'a broker is told of each change by MQTT, goes and comes back, and switches do not disturb',
  async prepare({ at, house }) {
    const { clock, machine } = house
    const published: string[] = []
    let events: Parameters<MqttClient['on']>[0] | undefined
    let connected = false
    const client: MqttClient = {
      get connected() {
        return connected
      },
      publish(topic, _payload, _options, done) {
        published.push(topic)
        clock.setTimer(7, () => done())
      },
      subscribe() {},
      on(all) {
        events = all
      },
      end: async () => {},
    }
    const mqtt = openMqtt({
      store: {
        settings: { get: async () => JSON.stringify(SETTINGS), set: async () => {} },
        onChange: () => () => {},
      },
      connect: async () => client,
      readState: async () => ({
        machineOn: machine.switches().machineOn,
        doNotDisturb: machine.switches().doNotDisturb !== null,
        mailboxes: Array.from({ length: 30 }, (_, i) => ({
          id: `${i}`,
          name: `${i}`,
          newMessages: published.length,
          filledPercent: null,
        })),
        isRinging: machine.liveCalls().some(({ phase }) => phase === 'ringing'),
        isRecording: machine.liveCalls().some(({ recording }) => recording),
        lastCaller: machine.liveCalls()[0]?.callerNumber ?? '',
        lines: [],
      }),
      async obey(command) {
        const isQuiet = 'doNotDisturb' in command && command.doNotDisturb
        house.settings.switches = { machineOn: true, doNotDisturb: isQuiet ? { until: null } : null }
        house.changed('settings')
      },
      version: '1',
      clock,
      log: silentLog,
    })
    const unwatch = machine.watch(() => mqtt.changed())
    const connect = (is: boolean) => {
      connected = is
      if (is) events?.connect()
      else events?.close()
    }
    const say = (payload: string) => events?.message('answerphone/dnd/set', Buffer.from(payload), false)
    return {
      during() {
        for (const [ms, is] of [
          [10, true],
          [3000, false],
          [5000, true],
        ] as const)
          at(ms, () => connect(is))
        at(1500, () => say('ON'))
        at(7000, () => say('OFF'))
        at(19_000, () => {
          unwatch()
          connect(false)
          return mqtt[Symbol.asyncDispose]()
        })
      },
      happened() {
        expect(published.filter((topic) => topic === 'answerphone/status').length).toBeGreaterThan(1)
        expect(published.length).toBeGreaterThan(100)
      },
    }
  },
}
