import type { Storage } from '../../../../src/api/contract.ts'
import * as api from '../../api/settings.ts'
import { Waiting } from '../../components/waiting.tsx'
import { place } from '../../i18n/words.ts'
import { fills } from '../../state/fills.ts'
import { settingsHash } from '../../state/parse-route.ts'
import { isOwner, storage, useKept } from '../collections.ts'
import { formatDate } from '../dates.ts'
import { OwnersForm } from '../owners-form.tsx'
import { formatBytes } from '../room.ts'
import { LinkRow, Section } from '../section.tsx'
import { isUnsaved, useDraft } from '../use-draft.ts'
import { settingsWords } from '../words/settings-words.ts'
import { DaysSelect } from './days-select.tsx'
import { storageWords } from './words/storage-words.ts'

/** Recordings are counted, and there are more of them all the time. */
const READ_EVERY_MS = 15_000
/** Of a quota, in percent: then its owner is told. */
const FILLING = 80

/** How much room there is, and how long what is kept. */
export function StoragePage() {
  const t = storageWords.value
  const known = useKept(storage, READ_EVERY_MS)
  return (
    <Section title={settingsWords.value.sections.storage} lead={t.lead}>
      {known === null ? (
        <Waiting text={settingsWords.value.loading} />
      ) : (
        <>
          <Room known={known} />
          <h2 class="panel-heading">{t.mailboxes}</h2>
          <ul class="panel">
            {known.mailboxes.map(({ id, name, newMessages, heardMessages, trashMessages, filledPercent }) => (
              <LinkRow
                key={id}
                href={settingsHash('storage', id)}
                icon="message"
                name={name}
                detail={t.holds(newMessages, heardMessages, trashMessages)}
                state={isUnsaved(`storage/${id}`) ? settingsWords.value.unsaved : undefined}
              >
                {filledPercent !== null && <Filled percent={filledPercent} />}
              </LinkRow>
            ))}
          </ul>
          <h2 class="panel-heading">{t.history}</h2>
          <HistoryForm known={known} />
        </>
      )}
    </Section>
  )
}

/** How much of its quota a mailbox has used. */
function Filled({ percent }: { readonly percent: number }) {
  return (
    <span class="filled" data-level={percent >= 100 ? 'full' : percent >= FILLING ? 'filling' : 'room'}>
      <span class="panel-detail">{storageWords.value.filled(percent)}</span>
      {/* The words say it already. */}
      <meter class="disk" min={0} max={100} value={Math.min(100, percent)} aria-hidden="true" />
    </span>
  )
}

function Room({ known: { recordings, disk } }: { readonly known: Storage }) {
  const t = storageWords.value
  const { about } = settingsWords.value
  const fillOfDisk = fills.value.find(({ mailbox }) => mailbox === null)
  const bytes = (count: number) => formatBytes(count, place.value.language)
  return (
    <dl class="panel">
      <div class="panel-item fact">
        <dt class="panel-detail">{t.recordings}</dt>
        <dd class="fact-value">
          {recordings ? t.recordingsTake(bytes(recordings.bytes), recordings.files) : t.counting}
        </dd>
      </div>
      {disk && (
        <div class="panel-item fact">
          <dt class="panel-detail">{t.disk}</dt>
          <dd class="fact-value filled" data-level={fillOfDisk?.level ?? 'room'}>
            {about.diskFree(bytes(disk.freeBytes), bytes(disk.totalBytes))}
            {fillOfDisk && t.diskFilled(fillOfDisk.percent)}
            <meter
              class="disk"
              min={0}
              max={disk.totalBytes}
              value={disk.totalBytes - disk.freeBytes}
              aria-label={t.disk}
            />
          </dd>
        </div>
      )}
    </dl>
  )
}

function HistoryForm({ known }: { readonly known: Storage }) {
  const t = storageWords.value
  const { keepCallsDays, keepAuditDays, callsSince, auditSince } = known
  const { fields, changed, set, drop } = useDraft('storage', { keepCallsDays, keepAuditDays })
  const disabled = !isOwner()
  const since = (at: string | null) => (at === null ? null : formatDate(at))

  const save = async () => {
    await api.changeStorage(Object.fromEntries(changed.map((field) => [field, fields[field]])))
    await storage.read()
    drop()
    return settingsWords.value.saved(t.historyName, changed.map((field) => t.fields[field]).join(', '))
  }

  return (
    <OwnersForm dirty={changed.length > 0} save={save} discard={drop}>
      <div class="plate plate-pair">
        <DaysSelect
          label={t.calls}
          hint={t.callsHint(since(callsSince))}
          days={fields.keepCallsDays}
          offered={[30, 90, 180, 365, 730]}
          disabled={disabled}
          onChoose={(days) => set({ keepCallsDays: days })}
        />
        <DaysSelect
          label={t.audit}
          hint={t.auditHint(since(auditSince))}
          days={fields.keepAuditDays}
          offered={[30, 90, 180, 365, 730]}
          disabled={disabled}
          onChoose={(days) => set({ keepAuditDays: days })}
        />
      </div>
    </OwnersForm>
  )
}
