import { Command, Option } from 'commander'
import { addTarget, changeTarget } from '../api/acts/targets.ts'
import { targetChange, targetInput } from '../api/contract.ts'
import { shownUrl } from '../api/views/target.ts'
import { createNtfyCarrier } from '../notify/ntfy/ntfy-carrier.ts'
import { checkChange, checkInput, toNumber } from './check-input.ts'
import { withData } from './data.ts'
import { readHours } from './read-hours.ts'
import { addTargetVerbs, EVENTS_HELP, needTarget, readEvents, readSecret } from './targets.ts'
import type { Terminal } from './terminal.ts'

interface Flags {
  readonly name?: string
  readonly url?: string
  readonly events?: string
  readonly tokenStdin?: boolean
  readonly priority?: string
  readonly click?: string
  readonly attach?: string
  readonly language?: string
  readonly quiet?: string
}

/** `answerphone ntfy …`: topics of ntfy, for people's telephones. */
export function ntfyCommand(terminal: Terminal): Command {
  const ntfy = new Command('ntfy').description("topics of ntfy, which people's telephones follow")
  const withFlags = (command: Command) =>
    command
      .option('--url <URL>', 'the topic, like https://ntfy.sh/TOPIC')
      .option(
        '--events <EVENTS>',
        `${EVENTS_HELP} (default message-new, line-lost, line-back, pin-locked, and all that fills up)`,
      )
      .option('--token-stdin', 'read its access token from the standard input')
      .option('--priority <1-5>', '1 without a sound, 3 as always, 5 as loud as can be (default 3)')
      .option('--click <URL>', 'where a tap leads; empty for nowhere')
      .addOption(
        new Option('--attach <on|off>', 'send the recording along (default off)').choices(['on', 'off']),
      )
      .addOption(new Option('--language <LANGUAGE>', '(default en)').choices(['en', 'de']))
      .option('--quiet <HOURS>', 'its own quiet hours, as `quiet set` has them; house: those of the house')
  const read = async (flags: Flags) => {
    const { url, events, priority, click, attach, language, quiet } = flags
    const settings = {
      priority: toNumber(priority),
      click: click === '' ? null : click,
      attach: attach === undefined ? undefined : attach === 'on',
      language,
    }
    const isSet = Object.values(settings).some((value) => value !== undefined)
    return {
      ...{ url, events: readEvents(events), ntfy: isSet ? settings : undefined },
      quiet: quiet === 'house' ? null : readHours(quiet),
      secret: await readSecret({ secretStdin: flags.tokenStdin === true }, terminal),
    }
  }

  withFlags(ntfy.command('add').description('tell a topic what happens').argument('<name>')).action(
    (name: string, flags: Flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const input = { kind: 'ntfy', name, ...(await read(flags)) }
          const target = await addTarget(data, checkInput(targetInput, input))
          terminal.print(`${shownUrl(target.url)} is told. Try it: answerphone ntfy test ${target.name}\n`)
        },
        { create: true },
      ),
  )
  withFlags(
    ntfy
      .command('set')
      .description('change one')
      .argument('<topic>', 'name or id')
      .option('--name <NAME>', 'another name'),
  ).action((key: string, flags: Flags, command: Command) =>
    withData(command, async (data) => {
      const change = checkChange(targetChange, { name: flags.name, ...(await read(flags)) })
      const { id } = await needTarget(data, { kind: 'ntfy', one: 'topic' }, key)
      const { name } = await changeTarget(data, id, change)
      terminal.print(`${name} is changed.\n`)
    }),
  )
  addTargetVerbs(ntfy, terminal, 'ntfy', { one: 'topic', createCarrier: (tools) => createNtfyCarrier(tools) })
  return ntfy
}
