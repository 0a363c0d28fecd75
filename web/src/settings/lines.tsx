import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Line, LinePreset } from '../../../src/api/contract.ts'
import * as api from '../api/settings.ts'
import { PlaceFields } from '../caller/place-fields.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { TryLink } from '../components/try-link.tsx'
import { Waiting } from '../components/waiting.tsx'
import { formatNumber } from '../format/phone-number.ts'
import { settingsHash } from '../state/parse-route.ts'
import { replaceRoute } from '../state/route.ts'
import { CallsOut } from './calls-out/calls-out.tsx'
import { isOwner, lines, mailboxes, useKept } from './collections.ts'
import { Range, Select, TextInput } from './fields.tsx'
import { Gone } from './gone.tsx'
import { InternalChoice } from './internal-choice.tsx'
import { type LineFields, lineChange, lineFields, lineInput, newLine, ringsIn } from './line-fields.ts'
import { LineRegistration, RegistrationState } from './line-registration.tsx'
import { OwnersForm } from './owners-form.tsx'
import { givenBy, noAccount } from './presets/account-draft.ts'
import { AccountFields } from './presets/account-fields.tsx'
import { PresetPicker } from './presets/preset-picker.tsx'
import { presetWords } from './presets/words/preset-words.ts'
import { RemoveEntry } from './remove-entry.tsx'
import { AddLink, LinkRow, Section } from './section.tsx'
import { SrtpChoice } from './srtp-choice.tsx'
import { isTestOnly } from './trunk-address.ts'
import { TrunkField } from './trunk-field.tsx'
import { isUnsaved, useDraft } from './use-draft.ts'
import { settingsWords } from './words/settings-words.ts'

/** All lines. */
export function Lines() {
  const t = settingsWords.value
  const rows = useKept(lines)
  return (
    <Section
      title={t.sections.lines}
      lead={t.lines.lead}
      act={isOwner() && <AddLink section="lines" text={t.lines.add} />}
    >
      {rows === null && <Waiting text={t.loading} />}
      {rows?.length === 0 && <EmptyState title={t.lines.none} text={t.lines.noneHelp} />}
      {rows !== null && rows.length > 0 && (
        <ul class="panel">
          {rows.map((line) => (
            <LinkRow
              key={line.id}
              href={settingsHash('lines', line.id)}
              name={line.number === null ? line.name : `${line.name} · ${formatNumber(line.number)}`}
              detail={describeLine(line)}
              state={lineState(line)}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}

function describeLine({ ringSeconds, mailbox }: Line): string {
  const t = settingsWords.value.lines
  return t.summary(ringSeconds === 0 ? t.ringsNot : t.rings(ringSeconds), mailbox)
}

function lineState({ id, trunk, registration }: Line): ComponentChildren {
  const t = settingsWords.value
  if (isUnsaved(`lines/${id}`)) return t.unsaved
  if (registration) return <RegistrationState state={registration.state} />
  return isTestOnly(trunk) ? t.lines.testOnly : undefined
}

/** One line, or a new one. */
export function LinePage({ id }: { readonly id: string }) {
  const t = settingsWords.value
  const rows = useKept(lines)
  const boxes = useKept(mailboxes)
  if (rows === null || boxes === null) return <Waiting text={t.loading} />
  const line = rows.find((row) => row.id === id)
  if (!line && id !== 'new') return <Gone section="lines" />
  return (
    <Section title={line?.name ?? t.lines.new} from="lines">
      <LineForm {...(line ? { line } : {})} boxes={boxes.map(({ name }) => name)} />
      {line && isOwner() && (
        <div class="apart">
          <TryLink line={line.name} />
          <RemoveEntry
            question={t.lines.removeAsk(line.name)}
            remove={() => api.removeLine(line.id)}
            list={lines}
            section="lines"
            removed={t.lines.removed(line.name)}
          />
        </div>
      )}
    </Section>
  )
}

function LineForm({ line, boxes }: { readonly line?: Line; readonly boxes: readonly string[] }) {
  const t = settingsWords.value
  const draft = useDraft<LineFields>(`lines/${line?.id ?? 'new'}`, line ? lineFields(line) : newLine)
  const { fields, changed, set, drop } = draft
  const disabled = !isOwner()
  const preset = useSignal<LinePreset | null>(null)
  const registers = preset.value?.kind === 'registers'
  const own = line ? [] : [{ value: '', name: t.lines.mailboxOwn }]

  const save = async () => {
    if (!line) {
      const added = await api.addLine(lineInput(fields))
      drop()
      await Promise.all([lines.read(), mailboxes.read()])
      replaceRoute(settingsHash('lines'))
      return t.lines.added(added.name, added.mailbox)
    }
    const saved = await api.changeLine(line.id, lineChange(fields, changed))
    await lines.read()
    drop()
    return t.saved(saved.name, changed.map((field) => t.lines.fields[field]).join(', '))
  }

  return (
    <OwnersForm
      dirty={changed.length > 0}
      save={save}
      discard={drop}
      {...(line ? {} : { submit: t.lines.add })}
    >
      {!line && (
        <PresetPicker
          chosen={preset.value}
          onChoose={(chosen) => {
            preset.value = chosen
            set(chosen ? givenBy(chosen) : noAccount)
          }}
        />
      )}
      {line?.registration && <LineRegistration registration={line.registration} />}
      {(registers || line?.account) && (
        <div class="plate">
          <AccountFields
            account={fields}
            onChange={set}
            preset={preset.value}
            kept={line?.account !== null && line?.account !== undefined}
            disabled={disabled}
          />
        </div>
      )}
      <div class="plate">
        {!registers && (
          <TrunkField trunk={fields.trunk} onChange={(trunk) => set({ trunk })} disabled={disabled} />
        )}
        <Range
          label={t.lines.ring}
          hint={t.lines.ringHint}
          value={fields.ringSeconds}
          min={0}
          max={120}
          text={ringText(fields.ringSeconds)}
          disabled={disabled}
          onInput={(ringSeconds) => set({ ringSeconds })}
        />
        <Select
          label={t.lines.tollSaver}
          hint={t.lines.tollSaverHint}
          value={`${fields.tollSaverSeconds ?? ''}`}
          options={tollSavers(fields.tollSaverSeconds)}
          disabled={disabled}
          onChoose={(seconds) => set({ tollSaverSeconds: seconds === '' ? null : Number(seconds) })}
        />
      </div>
      <div class="plate">
        <div class="plate-pair">
          <TextInput
            label={t.lines.name}
            hint={t.lines.nameHint}
            value={fields.name}
            required
            maxLength={64}
            code
            disabled={disabled}
            onInput={(name) => set({ name })}
          />
          <TextInput
            label={t.lines.number}
            hint={t.lines.numberHint}
            value={fields.number}
            maxLength={64}
            code
            disabled={disabled}
            onInput={(number) => set({ number })}
          />
        </div>
        <Select
          label={t.lines.mailbox}
          hint={t.lines.mailboxHint}
          value={fields.mailbox}
          options={[...own, ...boxes.map((name) => ({ value: name, name }))]}
          disabled={disabled}
          onChoose={(mailbox) => set({ mailbox })}
        />
      </div>
      {line && !line.account && (
        <details class="plate">
          <summary>{presetWords.value.account}</summary>
          <AccountFields account={fields} onChange={set} preset={null} kept={false} disabled={disabled} />
        </details>
      )}
      <InternalChoice
        internal={fields.internal}
        internalDigits={fields.internalDigits}
        disabled={disabled}
        onChange={set}
      />
      <PlaceFields place={fields} disabled={disabled} onChange={set} />
      <SrtpChoice value={fields.srtp} disabled={disabled} onChoose={(srtp) => set({ srtp })} />
      <CallsOut
        fields={fields}
        hasAccount={registers || (line?.account ?? null) !== null}
        disabled={disabled}
        onChange={set}
      />
    </OwnersForm>
  )
}

/** Off, two rings, three, and what is set where that is another. */
function tollSavers(now: number | null) {
  const seconds = new Set([6, 12, 18, ...(now === null ? [] : [now])])
  return [
    { value: '', name: settingsWords.value.lines.tollSaverOff },
    ...[...seconds].sort((a, b) => a - b).map((each) => ({ value: `${each}`, name: ringText(each) })),
  ]
}

function ringText(seconds: number): string {
  const t = settingsWords.value.lines
  if (seconds === 0) return t.ringAtOnce
  return seconds < 9 ? t.ringSeconds(seconds) : t.ringSecondsRings(seconds, ringsIn(seconds))
}
