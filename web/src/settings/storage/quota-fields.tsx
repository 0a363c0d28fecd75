import type { Quota } from '../../../../src/api/contract.ts'
import { Select } from '../fields.tsx'
import { storageWords } from './words/storage-words.ts'

interface QuotaFieldsProps {
  readonly quota: Quota
  /** How much of it is used, as it was saved; null: there is none. */
  readonly percent: number | null
  readonly disabled: boolean
  readonly onChange: (change: Partial<Quota>) => void
}

/** How much a mailbox is to keep, and what becomes of callers when it has that. */
export function QuotaFields({ quota, percent, disabled, onChange }: QuotaFieldsProps) {
  const t = storageWords.value
  const { quotaMessages, quotaMinutes, whenFull } = quota
  return (
    <div class="plate">
      <Select
        label={t.quotaMessages}
        hint={percent === null ? t.quotaHint : `${t.quotaUsed(percent)} ${t.quotaHint}`}
        value={`${quotaMessages ?? ''}`}
        options={choices([25, 50, 100, 250, 500, 1000], quotaMessages, t.messages)}
        disabled={disabled}
        onChoose={(value) => onChange({ quotaMessages: value === '' ? null : Number(value) })}
      />
      <Select
        label={t.quotaMinutes}
        value={`${quotaMinutes ?? ''}`}
        options={choices([30, 60, 120, 300, 600], quotaMinutes, t.minutes)}
        disabled={disabled}
        onChoose={(value) => onChange({ quotaMinutes: value === '' ? null : Number(value) })}
      />
      {(quotaMessages !== null || quotaMinutes !== null) && (
        <Select
          label={t.whenFull}
          hint={whenFull === 'refuse' ? t.whenFullHint : undefined}
          value={whenFull}
          options={(['take', 'refuse'] as const).map((value) => ({ value, name: t.whenFullChoices[value] }))}
          disabled={disabled}
          onChoose={(value) => onChange({ whenFull: value })}
        />
      )}
    </div>
  )
}

/** What is offered, and what is set where that is another. */
function choices(offered: readonly number[], now: number | null, say: (count: number) => string) {
  const counts = [...new Set([...offered, ...(now === null ? [] : [now])])].sort((a, b) => a - b)
  return [
    { value: '', name: storageWords.value.noQuota },
    ...counts.map((count) => ({ value: `${count}`, name: say(count) })),
  ]
}
