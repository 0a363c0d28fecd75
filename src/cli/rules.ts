import { Command } from 'commander'
import { previewRules } from '../api/acts/preview-rules.ts'
import { addRule, changeRule, listRules, moveRule, needRule, removeRule } from '../api/acts/rules.ts'
import { previewInput, type Rule, ruleChange, ruleInput } from '../api/contract.ts'
import { readRuleNames, showRule } from '../api/views/rule.ts'
import { openCallerBooks } from '../machine/caller-books.ts'
import { readyMadeRules } from '../rules/ready-made/all.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { checkChange, checkInput, toNumber } from './check-input.ts'
import { addRemove, addShow } from './common-verbs.ts'
import { type Data, withData } from './data.ts'
import { previewText } from './preview-text.ts'
import { addRuleFlags, hasRuleFlags, readAction, readConditions, ruleFlagsOf } from './rule-flags.ts'
import { type Column, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'

type Row = Rule & { readonly place: number }

const COLUMNS: readonly Column<Row>[] = [
  ['', ({ place }) => place],
  ['NAME', ({ name }) => name],
  ['', ({ enabled }) => (enabled ? '' : 'off')],
  ['RULE', ({ says, noticeable }) => `${says.en}${noticeable ? ' (the caller could notice)' : ''}`],
]

type Flags = Readonly<Record<string, unknown>> & { readonly place?: string; readonly name?: string }

/** `answerphone rules …`: what becomes of which calls. */
export function rulesCommand(terminal: Terminal): Command {
  const rules = new Command('rules').description(
    'what becomes of which calls; the first rule that holds decides, and the line where none does',
  )
  const tell = async ({ store }: Data, key: string) => {
    const names = await readRuleNames(store)
    const { name, says, noticeable } = showRule(await needRule(store, key), names)
    terminal.print(`${name}: ${says.en}${noticeable ? ' The caller could notice this.' : ''}\n`)
  }

  rules
    .command('list')
    .description('list the rules, in the order in which they are asked')
    .option('--json', 'as JSON')
    .option('--ready-made', 'those that can be added as they are, instead')
    .action(({ json, readyMade }: { json?: boolean; readyMade?: boolean }, command: Command) =>
      withData(command, async (data) => {
        const list = await listRules(data)
        if (readyMade) {
          const rows = list.readyMade.map((rule) => ({ ...rule, id: rule.key }))
          const columns: readonly Column<(typeof rows)[number]>[] = [
            ['KEY', ({ key }) => key],
            ['NAME', ({ name }) => name.en],
            ['RULE', ({ says }) => says.en],
          ]
          return printRows(rows, columns, { terminal, json, none: '' })
        }
        const rows = list.rules.map((rule, place): Row => ({ ...rule, place: place + 1 }))
        printRows(rows, COLUMNS, { terminal, json, none: 'No rules: calls go as their lines say.' })
      }),
    )

  addRuleFlags(rules.command('add'))
    .description('add a rule; all of its conditions must hold')
    .argument('[name]', 'what you call it')
    .option('--ready-made <KEY>', 'one of `rules list --ready-made`, as it is')
    .option('--place <N>', 'its place in the order (default: behind all others)')
    .action((name: string | undefined, flags: Flags & { readyMade?: string }, command: Command) =>
      withData(
        command,
        async (data) => {
          const place = placeOf(flags.place)
          const when = readConditions(flags)
          const given =
            flags.readyMade === undefined
              ? { name, when, action: readAction(flags) ?? { kind: 'take' } }
              : readyMade(flags.readyMade, name, flags)
          const input = { ...given, ...(place !== undefined && { place }) }
          const rule = await addRule(data, checkInput(ruleInput, input, ruleFlagsOf(when)))
          await tell(data, rule.id)
        },
        { create: true },
      ),
    )

  addRuleFlags(rules.command('set'))
    .description('change a rule; conditions that are given take the place of those it has')
    .argument('<rule>', 'name or id')
    .option('--name <NAME>', 'call it so')
    .option('--always', 'it has no conditions any more')
    .option('--on', 'switch it on')
    .option('--off', 'switch it off; it is passed over')
    .action(
      (
        key: string,
        flags: Flags & { readonly always?: boolean; readonly on?: boolean; readonly off?: boolean },
        command: Command,
      ) =>
        withData(command, async (data) => {
          const before = await needRule(data.store, key)
          const when = readConditions(flags)
          const given = {
            name: flags.name,
            enabled: flags.on ? true : flags.off ? false : undefined,
            when: flags.always ? [] : when.length > 0 ? when : undefined,
            action: readAction(flags, showRule(before, await readRuleNames(data.store)).action),
          }
          const change = checkChange(ruleChange, given, ruleFlagsOf(when))
          await changeRule(data, before.id, change)
          await tell(data, before.id)
        }),
    )

  addShow(rules, terminal, {
    kind: 'rule',
    read: async ({ store }, key) => showRule(await needRule(store, key), await readRuleNames(store)),
  })
  addRemove(rules, terminal, {
    kind: 'rule',
    description: 'remove a rule; the calls that it decided go on saying so',
    act: async (data, key) => void (await removeRule(data, key)),
  })

  rules
    .command('move')
    .description('put a rule elsewhere in the order')
    .argument('<rule>', 'name or id')
    .argument('<place>', 'from 1')
    .action((key: string, place: string, _flags, command: Command) =>
      withData(command, async (data) => {
        await moveRule(data, key, placeOf(place) ?? 0)
        const order = (await data.store.rules.list()).map(({ name }, at) => `${at + 1}. ${name}`)
        terminal.print(`${order.join('\n')}\n`)
      }),
    )

  rules
    .command('preview')
    .description('tell what would become of a call, and why')
    .option('--from <NUMBER>', 'who calls, as the line writes it (default: withheld)')
    .option('--at <TIME>', 'when, like 2026-11-29T22:00, on the clock of the mailbox (default: now)')
    .option('--line <LINE>', 'for which line (default: the first)')
    .option('--name <NAME>', "what the caller's side shows")
    .option('--earlier <N>', 'so often has it called just before (default: as is known)')
    .option('--signature <WHAT>', 'of the number: A, B, C or wrong')
    .option('--suspected', 'somebody along the way takes the call for spam')
    .option('--diverted-from <NUMBER>', 'the call was sent on from there')
    .option('--json', 'as JSON')
    .action(({ json, earlier, ...flags }: Flags & { json?: boolean; earlier?: string }, command: Command) =>
      withData(command, async (data) => {
        const books = await openCallerBooks({ ...data, onChange: () => undefined })
        try {
          const input = checkInput(previewInput, { ...flags, earlier: toNumber(earlier) })
          const preview = await previewRules({ ...data, rules: books.rules }, input)
          terminal.print(json ? `${JSON.stringify(preview, null, 2)}\n` : previewText(preview))
        } finally {
          books.close()
        }
      }),
    )

  return rules
}

function readyMade(key: string, name: string | undefined, flags: Flags) {
  if (hasRuleFlags(flags))
    throw new AnswerphoneError('AP_INPUT_INVALID', {
      what: '--ready-made: such a rule comes as it is. Change it by `rules set` once it is there.',
    })
  const found = readyMadeRules.find((rule) => rule.key === key)
  if (!found) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'ready-made rule', id: key })
  return {
    name: name ?? found.name.en,
    when: found.when,
    action: found.action,
    ...(found.first && { place: 0 }),
  }
}

/** From 1 on the command line, from 0 everywhere else. */
function placeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const place = toNumber(text) ?? Number.NaN
  if (Number.isInteger(place) && place >= 1) return place - 1
  throw new AnswerphoneError('AP_INPUT_INVALID', { what: `place: "${text}" is no whole number from 1.` })
}
