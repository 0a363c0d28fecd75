import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { RulePreview as Preview, PreviewInput } from '../../../src/api/contract.ts'
import { previewRules } from '../api/rules.ts'
import { Icon } from '../components/icon.tsx'
import { lines, useKept } from '../settings/collections.ts'
import { Select, TextInput } from '../settings/fields.tsx'
import { reportFailure } from '../state/report-failure.ts'
import { Count } from './condition-fields.tsx'
import { said } from './kept-rules.ts'
import { ruleWords } from './words/rule-words.ts'

/** @param drafts the rules as they stand on the page, saved or not; undefined: those that are kept */
export function RulePreview({ drafts }: { readonly drafts?: () => NonNullable<PreviewInput['rules']> }) {
  const t = ruleWords.value
  const all = useKept(lines) ?? []
  const from = useSignal('')
  const at = useSignal(localNow())
  const line = useSignal('')
  const earlier = useSignal(0)
  const answer = useSignal<Preview | null>(null)
  const id = useId()
  const ask = async () => {
    try {
      answer.value = await previewRules({
        from: from.value.trim() === '' ? null : from.value.trim(),
        at: at.value,
        ...(line.value !== '' && { line: line.value }),
        ...(earlier.value > 0 && { earlier: earlier.value }),
        ...(drafts && { rules: drafts() }),
      })
    } catch (error) {
      reportFailure(error)
    }
  }
  if (all.length === 0) return null
  return (
    <section class="plate rule-preview" aria-labelledby={id}>
      <h2 id={id} class="panel-heading">
        {t.preview}
      </h2>
      <p class="field-calm">{drafts ? t.previewDraft : t.previewLead}</p>
      <form
        class="rule-ask"
        onSubmit={(event) => {
          event.preventDefault()
          void ask()
        }}
      >
        <TextInput
          label={t.caller}
          hint={t.callerHint}
          value={from.value}
          code
          maxLength={64}
          onInput={(text) => {
            from.value = text
          }}
        />
        <When
          value={at.value}
          zone={answer.value?.timeZone}
          onInput={(text) => {
            at.value = text
          }}
        />
        {all.length > 1 && (
          <Select
            label={t.line}
            value={line.value === '' ? (all[0]?.id ?? '') : line.value}
            options={all.map((one) => ({ value: one.id, name: one.name }))}
            onChoose={(chosen) => {
              line.value = chosen
            }}
          />
        )}
        <Count
          label={t.earlier}
          value={earlier.value}
          onInput={(count) => {
            earlier.value = count
          }}
        />
        <button type="submit" class="button">
          {t.ask}
        </button>
      </form>
      <div aria-live="polite">{answer.value && <Answer preview={answer.value} />}</div>
    </section>
  )
}

function Answer({ preview }: { readonly preview: Preview }) {
  const t = ruleWords.value
  const { decidedBy, says, caller, owner, noticeable } = preview
  return (
    <>
      <p class="rule-decided">
        {t.decided[decidedBy.kind](decidedBy.name ?? '')}: {said(says)}.
      </p>
      <p>
        {caller.refused !== null
          ? t.outcome.refused(caller.refused)
          : caller.answersAfterSeconds === null
            ? t.outcome.never
            : caller.gate
              ? t.outcome.asks(
                  caller.gate.kind === 'key' ? caller.gate.digit : null,
                  caller.ringsBehindGateSeconds ?? 0,
                )
              : t.outcome.answers(caller.answersAfterSeconds)}{' '}
        {caller.refused === null && owner.phones && t.outcome.phones(owner.phones.join(', '))}
      </p>
      {caller.refused === null && caller.tollSaverSeconds !== null && (
        <p class="rule-noticeable">{t.outcome.tollSaver(caller.tollSaverSeconds)}</p>
      )}
      {noticeable && <p class="rule-noticeable">{t.noticeable}</p>}
      <ol class="rule-looks">
        {preview.rules.map((rule) => (
          <li key={rule.id} aria-current={rule.decides}>
            <strong>{rule.name}</strong> {t.verdicts[rule.verdict]}
            <ul>
              {rule.conditions.map(({ says: sentence, holds }, place) => (
                <li key={place} class={holds ? 'rule-yes' : 'rule-no'}>
                  <Icon name={holds ? 'check' : 'close'} />
                  <span class="unseen">{holds ? t.yes : t.no}: </span>
                  {said(sentence)}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  )
}

interface WhenProps {
  readonly value: string
  readonly zone: string | undefined
  readonly onInput: (value: string) => void
}

function When({ value, zone, onInput }: WhenProps) {
  const t = ruleWords.value
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {t.when}
      </label>
      <input
        id={id}
        type="datetime-local"
        class="input-code"
        required
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {zone !== undefined && <p class="field-hint field-calm">{t.whenHint(zone)}</p>}
    </div>
  )
}

/** As the field writes it: on the clock here, which is most often the clock there. */
function localNow(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
