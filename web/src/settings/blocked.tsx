import { blockNumber, unblockNumber } from '../api/calls.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { Waiting } from '../components/waiting.tsx'
import { formatNumber } from '../format/phone-number.ts'
import { reportFailure } from '../state/report-failure.ts'
import { showToast } from '../state/toasts.ts'
import { whoDid } from './audit-words.ts'
import { blocked, useKept } from './collections.ts'
import { formatDate } from './dates.ts'
import { TextInput } from './fields.tsx'
import { Form } from './form.tsx'
import { Section } from './section.tsx'
import { useDraft } from './use-draft.ts'
import { settingsWords } from './words/settings-words.ts'

/** Numbers whose calls are refused. */
export function Blocked() {
  const t = settingsWords.value
  const rows = useKept(blocked)
  return (
    <Section title={t.sections.blocked} lead={t.blocked.lead}>
      <BlockForm />
      {rows === null && <Waiting text={t.loading} />}
      {rows?.length === 0 && <EmptyState title={t.blocked.none} text={t.blocked.noneHelp} />}
      {rows !== null && rows.length > 0 && (
        <ul class="panel">
          {rows.map(({ number, name, at, by }) => (
            <li key={number} class="panel-item panel-row">
              <span class="panel-text">
                <span class="panel-name number">
                  {name === null ? formatNumber(number) : `${name} · ${formatNumber(number)}`}
                </span>
                <span class="panel-detail">{t.blocked.by(whoDid(by, t), formatDate(at))}</span>
              </span>
              <button
                type="button"
                class="button"
                aria-label={t.blocked.letCallName(name ?? formatNumber(number))}
                onClick={() => void letCall(number, name)}
              >
                {t.blocked.letCall}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** At once, with a way back: it harms nobody. */
async function letCall(number: string, name: string | null): Promise<void> {
  const t = settingsWords.value.blocked
  try {
    await unblockNumber(number)
    showToast({
      text: t.removed(name ?? formatNumber(number)),
      tone: 'done',
      undo: () =>
        void blockNumber({ number, name })
          .then(() => blocked.read())
          .catch(reportFailure),
    })
  } catch (error) {
    reportFailure(error)
  }
  await blocked.read()
}

function BlockForm() {
  const t = settingsWords.value.blocked
  const { fields, changed, set, drop } = useDraft('blocked/new', { number: '', name: '' })
  const save = async () => {
    // People write numbers with spaces and brackets; lines don't.
    const number = fields.number.replace(/[\s()/-]/g, '')
    const name = fields.name.trim()
    await blockNumber({ number, name: name === '' ? null : name })
    drop()
    await blocked.read()
    return t.added(name === '' ? formatNumber(number) : name)
  }
  return (
    <Form dirty={changed.length > 0} save={save} discard={drop} submit={t.add}>
      <div class="plate plate-pair">
        <TextInput
          label={t.number}
          hint={t.numberHint}
          value={fields.number}
          required
          maxLength={64}
          code
          onInput={(number) => set({ number })}
        />
        <TextInput label={t.name} value={fields.name} maxLength={200} onInput={(name) => set({ name })} />
      </div>
    </Form>
  )
}
