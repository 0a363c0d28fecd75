import { Command, Option } from 'commander'
import { changeMqtt, forgetMqtt } from '../api/acts/mqtt.ts'
import { mqttChange } from '../api/contract.ts'
import { showMqtt } from '../api/views/mqtt.ts'
import { readMqttSettings } from '../store/mqtt-settings.ts'
import { checkChange } from './check-input.ts'
import { withData } from './data.ts'
import { type PasswordFlags, readGivenPassword } from './read-password.ts'
import type { Terminal } from './terminal.ts'

interface Flags extends PasswordFlags {
  readonly url?: string
  readonly user?: string
  readonly baseTopic?: string
  readonly discovery?: string
  readonly callers?: string
  readonly language?: string
}

const orNone = (text: string | undefined) => (text === '' ? null : text)

/** `answerphone mqtt …`: a broker that is told how things stand, for Home Assistant and others. */
export function mqttCommand(terminal: Terminal): Command {
  const mqtt = new Command('mqtt').description('a broker that is told how things stand, and may switch them')

  mqtt
    .command('show')
    .description('show the broker as JSON, without its password')
    .action((_flags, command: Command) =>
      withData(command, async ({ store }) => {
        const { broker } = showMqtt(await readMqttSettings(store), { state: 'off', problem: '' })
        terminal.print(`${JSON.stringify(broker, null, 2)}\n`)
      }),
    )
  mqtt
    .command('set')
    .description('set the broker up, or change it')
    .option('--url <URL>', 'like mqtt://192.168.1.5 or mqtts://broker.example:8883')
    .option('--user <USER>', 'who logs in there; empty for nobody')
    .option('--password <PASSWORD>', 'its password; others on this machine may see it here')
    .option('--password-stdin', 'read the password from the standard input')
    .option('--base-topic <TOPIC>', 'what all topics begin with (default answerphone)')
    .option('--discovery <TOPIC>', 'where Home Assistant looks (default homeassistant); empty for nowhere')
    .addOption(
      new Option('--callers <on|off>', 'whether the broker learns who calls (default on)').choices([
        'on',
        'off',
      ]),
    )
    .addOption(
      new Option('--language <LANGUAGE>', 'of the names in Home Assistant (default en)').choices([
        'en',
        'de',
      ]),
    )
    .action((flags: Flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const { url, user, baseTopic, discovery, callers, language } = flags
          const change = checkChange(mqttChange, {
            ...{ url, user: orNone(user), baseTopic, discovery: orNone(discovery), language },
            showCallers: callers === undefined ? undefined : callers === 'on',
            password: await readGivenPassword(flags, terminal),
          })
          const settings = await changeMqtt(data, change)
          terminal.print(`The machine tells ${settings.url}, below ${settings.baseTopic}/.\n`)
        },
        { create: true },
      ),
    )
  mqtt
    .command('forget')
    .description('tell no broker any more')
    .action((_flags, command: Command) =>
      withData(command, async (data) => {
        await forgetMqtt(data)
        terminal.print('No broker is told any more.\n')
      }),
    )
  return mqtt
}
