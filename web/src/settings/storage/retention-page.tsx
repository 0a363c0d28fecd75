import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Quota, Retention, Retired, Storage } from '../../../../src/api/contract.ts'
import * as api from '../../api/settings.ts'
import { Waiting } from '../../components/waiting.tsx'
import { isOwner, storage, useKept } from '../collections.ts'
import { Gone } from '../gone.tsx'
import { OwnersForm } from '../owners-form.tsx'
import { Section } from '../section.tsx'
import { useDraft } from '../use-draft.ts'
import { settingsWords } from '../words/settings-words.ts'
import { DaysSelect } from './days-select.tsx'
import { QuotaFields } from './quota-fields.tsx'
import { storageWords } from './words/storage-words.ts'

/** How long a mailbox keeps its messages. */
export function RetentionPage({ id }: { readonly id: string }) {
  const known = useKept(storage)
  if (known === null) return <Waiting text={settingsWords.value.loading} />
  const box = known.mailboxes.find((row) => row.id === id)
  if (!box) return <Gone section="storage" />
  return (
    <Section title={storageWords.value.title(box.name)} from="storage">
      <RetentionForm box={box} />
    </Section>
  )
}

function RetentionForm({ box }: { readonly box: Storage['mailboxes'][number] }) {
  const t = storageWords.value
  const { keepNewDays, keepHeardDays, keepJunkDays, keepTrashDays } = box
  const { quotaMessages, quotaMinutes, whenFull } = box
  const { fields, changed, set, drop } = useDraft<Retention & Quota>(`storage/${box.id}`, {
    ...{ quotaMessages, quotaMinutes, whenFull },
    keepNewDays,
    keepHeardDays,
    keepJunkDays,
    keepTrashDays,
  })
  const retired = useRetired(box.id, fields)
  const disabled = !isOwner()

  const save = async () => {
    await api.changeMailbox(box.id, Object.fromEntries(changed.map((field) => [field, fields[field]])))
    const will = await api.countRetired(box.id, fields)
    await storage.read()
    drop()
    const what = changed.map((field) => t.fields[field]).join(', ')
    return `${settingsWords.value.saved(box.name, what)}. ${tellRetired(will)}`
  }

  return (
    <OwnersForm dirty={changed.length > 0} save={save} discard={drop}>
      <div class="plate">
        <DaysSelect
          label={t.heard}
          hint={t.heardHint}
          days={fields.keepHeardDays}
          offered={[7, 30, 90, 180, 365]}
          disabled={disabled}
          onChoose={(days) => set({ keepHeardDays: days })}
        />
        <DaysSelect
          label={t.unheard}
          hint={t.unheardHint}
          days={fields.keepNewDays}
          offered={[30, 90, 180, 365]}
          disabled={disabled}
          onChoose={(days) => set({ keepNewDays: days })}
        />
        <DaysSelect
          label={t.junk}
          hint={t.junkHint}
          days={fields.keepJunkDays}
          offered={[7, 30, 90, 365]}
          disabled={disabled}
          onChoose={(days) => set({ keepJunkDays: days })}
        />
        <DaysSelect
          label={t.trash}
          hint={t.trashHint}
          days={fields.keepTrashDays}
          offered={[0, 1, 7, 30, 90, 365]}
          disabled={disabled}
          onChoose={(days) => set({ keepTrashDays: days })}
        />
        {retired && (
          <p class="field-hint field-calm" role="status">
            {tellRetired(retired)} {t.when}
          </p>
        )}
      </div>
      <QuotaFields quota={fields} percent={box.filledPercent} disabled={disabled} onChange={set} />
    </OwnersForm>
  )
}

/** How many messages would be put away so, before it is saved. */
function useRetired(
  id: string,
  { keepNewDays, keepHeardDays, keepJunkDays, keepTrashDays }: Retention,
): Retired | null {
  const retired = useSignal<Retired | null>(null)
  useEffect(() => {
    let isWanted = true
    api.countRetired(id, { keepNewDays, keepHeardDays, keepJunkDays, keepTrashDays }).then(
      (count) => {
        if (isWanted) retired.value = count
      },
      // Saving will say what is wrong.
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [id, keepNewDays, keepHeardDays, keepJunkDays, keepTrashDays])
  return retired.value
}

function tellRetired({ trashed, purged }: Retired): string {
  const t = storageWords.value
  if (trashed + purged === 0) return t.willNothing
  return [trashed > 0 ? t.willTrash(trashed) : '', purged > 0 ? t.willPurge(purged) : ''].join(' ').trim()
}
