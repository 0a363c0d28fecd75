import { Command } from 'commander'
import type { LinePreset } from '../api/contract.ts'
import { linePresets } from '../api/presets/line-presets.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { type Column, printRows } from './table.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly Column<LinePreset>[] = [
  ['PRESET', ({ id }) => id],
  ['NAME', ({ name }) => name],
  ['COUNTRY', ({ country }) => country],
  ['HOW', ({ kind }) => (kind === 'registers' ? 'logs in' : 'calls come from addresses')],
  [
    'SERVER',
    ({ registrar, registrarExample }) => registrar ?? (registrarExample && `like ${registrarExample}`),
  ],
]

/** `answerphone lines presets …`: how lines are set up at telephone systems and providers. */
export function presetsCommand(terminal: Terminal): Command {
  const presets = new Command('presets').description(
    'how to set a line up at telephone systems and providers',
  )

  presets
    .command('list')
    .description('list those that are known')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) => printRows(linePresets, COLUMNS, { terminal, json, none: '' }))

  presets
    .command('show')
    .description('tell what to do there')
    .argument('<preset>')
    .action((id: string) => {
      const { name, steps, facts, echo, sources } = needPreset(id)
      const lines = [
        name,
        ...steps.map(({ en }, at) => `${at + 1}. ${en}`),
        ...facts.map(({ en }) => en),
        ...(echo === null
          ? []
          : [
              `${echo} there sends back what it hears: \`answerphone doctor --call ${echo}\` tests the sound.`,
            ]),
        ...sources,
      ]
      terminal.print(`${lines.join('\n')}\n`)
    })

  return presets
}

export function needPreset(id: string): LinePreset {
  const preset = linePresets.find((known) => known.id === id)
  if (!preset) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'preset', id })
  return preset
}
