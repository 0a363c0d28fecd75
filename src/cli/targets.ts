import type { Command } from 'commander'
import { changeTarget, removeDelivery, removeTarget, sendAgain, testTarget } from '../api/acts/targets.ts'
import { type Delivery, deliveryQuery, type Target, targetChange, targetEvent } from '../api/contract.ts'
import { showDelivery, showTarget } from '../api/views/target.ts'
import { openPostThread } from '../notify/http/open-post-thread.ts'
import type { Carrier } from '../notify/outbox/carrier.ts'
import type { HttpTools } from '../notify/webhook/webhook-carrier.ts'
import { findRunning, portsOf } from '../running.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { TargetKind } from '../store/model.ts'
import { checkInput, readLimit } from './check-input.ts'
import { addList, addRemove, addShow } from './common-verbs.ts'
import { type Data, withData } from './data.ts'
import { localTime } from './moment.ts'
import { type Column, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'

/** What webhooks and topics of ntfy have in common on the command line. */

const COLUMNS: readonly Column<Target>[] = [
  ['NAME', (target) => target.name],
  ['URL', (target) => target.url],
  ['STATE', (target) => (target.enabled ? 'on' : 'off')],
  ['WAITING', (target) => `${target.waiting}`],
  ['GIVEN UP', (target) => `${target.dead}`],
  ['LAST TRIED', (target) => localTime(target.lastTriedAt)],
  ['PROBLEM', (target) => target.lastProblem],
]

const DELIVERIES: readonly Column<Delivery>[] = [
  ['AT', (delivery) => localTime(delivery.at)],
  ['TO', (delivery) => delivery.target],
  ['EVENT', (delivery) => delivery.event],
  ['STATE', (delivery) => delivery.state],
  ['TRIES', (delivery) => `${delivery.attempts}`],
  ['NEXT TRY', (delivery) => localTime(delivery.nextTryAt)],
  ['PROBLEM', (delivery) => delivery.problem],
  ['ID', (delivery) => delivery.id],
]

export const EVENTS_HELP = `events with commas: ${targetEvent.options.join(', ')}`

/** `a, b` → its parts; undefined stays so. */
export const readEvents = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** The secret on the standard input, where the flag says so. */
export async function readSecret(
  { secretStdin }: { readonly secretStdin?: boolean },
  terminal: Terminal,
): Promise<string | undefined> {
  return secretStdin
    ? (await terminal.readSecret('Secret (it is not shown): ')).replace(/\r?\n$/, '')
    : undefined
}

/** The one of this name or id, if it is of the kind that is asked for. Rejects with AP_NOT_FOUND. */
export async function needTarget(
  { store }: Pick<Data, 'store'>,
  { kind, one }: { readonly kind: TargetKind; readonly one: string },
  key: string,
) {
  const target = await store.targets.get(key)
  if (target?.kind !== kind) throw new AnswerphoneError('AP_NOT_FOUND', { kind: one, id: key })
  return target
}

/** `list`, `show`, `on`, `off`, `test`, `outbox`, `retry`, `forget` and `remove`. */
export function addTargetVerbs(
  parent: Command,
  terminal: Terminal,
  kind: TargetKind,
  words: { readonly one: string; readonly createCarrier: (tools: HttpTools) => Carrier },
): void {
  const { one } = words
  const need = (data: Data, key: string) => needTarget(data, { kind, one }, key)

  addList(parent, terminal, {
    description: `list them: how many events wait, and how the last try went`,
    columns: COLUMNS,
    none: 'None.',
    async read({ store }) {
      const counts = await store.outbox.counts()
      return (await store.targets.list())
        .filter((target) => target.kind === kind)
        .map((target) => showTarget(target, counts))
    },
  })
  addShow(parent, terminal, {
    kind: one,
    read: async (data, key) => showTarget(await need(data, key), await data.store.outbox.counts()),
  })
  for (const [verb, enabled, description] of [
    ['on', true, 'go on telling it'],
    ['off', false, 'tell it nothing for now; what waits goes on waiting'],
  ] as const)
    parent
      .command(verb)
      .description(description)
      .argument(`<${one}>`, 'name or id')
      .action((key: string, _flags, command: Command) =>
        withData(command, async (data) => {
          const { id } = await need(data, key)
          const { name } = await changeTarget(data, id, checkInput(targetChange, { enabled }))
          terminal.print(enabled ? `${name} is told again.\n` : `${name} is told nothing for now.\n`)
        }),
      )
  parent
    .command('test')
    .description('send something to try it out, past what waits')
    .argument(`<${one}>`, 'name or id')
    .action((key: string, _flags, command: Command) =>
      withData(command, async (data) => {
        const { id } = await need(data, key)
        await using thread = openPostThread()
        const running = await findRunning(data.dataDir)
        const ownPorts = running ? portsOf(running) : []
        const reach = () => ({ publicOnly: false, ownPorts })
        const carriers = [words.createCarrier({ thread, reach, clock: data.clock })]
        const { taken, why } = await testTarget({ ...data, carriers }, id)
        if (!taken) throw new AnswerphoneError('AP_TARGET_NOT_TAKEN', { why })
        terminal.print('It was taken.\n')
      }),
    )
  parent
    .command('outbox')
    .description('list what waits, or was given up (--dead)')
    .argument(`[${one}]`, 'name or id; default: all')
    .option('--dead', 'only what was given up')
    .option('--limit <N>', 'at most so many', '50')
    .option('--json', 'as JSON')
    .action((key: string | undefined, flags: { dead?: boolean; limit: string; json?: boolean }, command) =>
      withData(command, async (data) => {
        const { state, limit } = checkInput(deliveryQuery, {
          ...(flags.dead && { state: 'dead' }),
          limit: readLimit(flags.limit),
        })
        const only = key === undefined ? {} : { targetId: (await need(data, key)).id }
        const rows = await data.store.outbox.list({ limit, ...only, ...(state && { state }) })
        const targets = (await data.store.targets.list()).filter((target) => target.kind === kind)
        const shown = rows
          .filter(({ targetId }) => targets.some(({ id }) => id === targetId))
          .map((row) => showDelivery(row, targets))
        printRows(shown, DELIVERIES, { terminal, json: flags.json, none: 'Nothing.' })
      }),
    )
  parent
    .command('retry')
    .description('send again what was given up, and at once what waits')
    .argument(`<${one}>`, `name or id, or the id of an event in the outbox`)
    .action((key: string, _flags, command: Command) =>
      withData(command, async (data) => {
        const known = await data.store.outbox.get(key)
        const count = await sendAgain(data, known ? { id: key } : { target: (await need(data, key)).id })
        terminal.print(`${count} to be sent.\n`)
      }),
    )
  parent
    .command('forget')
    .description('forget an event in the outbox: it is not sent')
    .argument('<id>')
    .action((id: string, _flags, command: Command) =>
      withData(command, async (data) => {
        await removeDelivery(data.store, id)
        terminal.print(`${id} is forgotten.\n`)
      }),
    )
  addRemove(parent, terminal, {
    kind: one,
    description: 'remove one, with what waits for it',
    act: async (data, key) => removeTarget(data, (await need(data, key)).id),
  })
}
