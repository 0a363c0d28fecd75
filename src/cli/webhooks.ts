import { Command } from 'commander'
import { addTarget, changeTarget } from '../api/acts/targets.ts'
import { targetChange, targetInput } from '../api/contract.ts'
import { createWebhookCarrier } from '../notify/webhook/webhook-carrier.ts'
import { checkChange, checkInput } from './check-input.ts'
import { withData } from './data.ts'
import { addTargetVerbs, EVENTS_HELP, needTarget, readEvents, readSecret } from './targets.ts'
import type { Terminal } from './terminal.ts'

interface Flags {
  readonly url?: string
  readonly events?: string
  readonly secretStdin?: boolean
}

/** `answerphone webhooks …`: programs that are told what happens. */
export function webhooksCommand(terminal: Terminal): Command {
  const webhooks = new Command('webhooks').description('programs that are told what happens, by HTTP')

  webhooks
    .command('add')
    .description('tell a program what happens; the secret that signs is printed this once')
    .argument('<name>')
    .option('--url <URL>', 'where it listens')
    .option('--events <EVENTS>', `${EVENTS_HELP} (default all)`)
    .option('--secret-stdin', 'read the secret from the standard input (whsec_…) instead of making one')
    .action((name: string, flags: Flags, command: Command) =>
      withData(
        command,
        async (data) => {
          const { url, events } = flags
          const secret = await readSecret(flags, terminal)
          const input = { kind: 'webhook', name, url, events: readEvents(events), secret }
          const target = await addTarget(data, checkInput(targetInput, input))
          terminal.print(`${target.secret}\n`)
          terminal.warn('The receiver checks signatures with it. Keep it: it is not shown again.\n')
        },
        { create: true },
      ),
    )

  webhooks
    .command('set')
    .description('change one')
    .argument('<webhook>', 'name or id')
    .option('--name <NAME>', 'another name')
    .option('--url <URL>', 'where it listens')
    .option('--events <EVENTS>', EVENTS_HELP)
    .option('--secret-stdin', 'read another secret from the standard input (whsec_…)')
    .action((key: string, flags: Flags & { readonly name?: string }, command: Command) =>
      withData(command, async (data) => {
        const { url, events } = flags
        const secret = await readSecret(flags, terminal)
        const change = checkChange(targetChange, {
          ...{ name: flags.name, url, secret },
          events: readEvents(events),
        })
        const { id } = await needTarget(data, { kind: 'webhook', one: 'webhook' }, key)
        const { name } = await changeTarget(data, id, change)
        terminal.print(`${name} is changed.\n`)
      }),
    )

  addTargetVerbs(webhooks, terminal, 'webhook', { one: 'webhook', createCarrier: createWebhookCarrier })
  return webhooks
}
