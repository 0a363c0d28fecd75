import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { AuditEntry } from '../../../src/api/contract.ts'
import { listAudit } from '../api/settings.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { Waiting } from '../components/waiting.tsx'
import { formatExact, groupByDay } from '../format/moment.ts'
import { place } from '../i18n/words.ts'
import { now } from '../state/now.ts'
import { reportFailure } from '../state/report-failure.ts'
import { tellDetail, whoDid } from './audit-words.ts'
import { Section } from './section.tsx'
import { settingsWords } from './words/settings-words.ts'
import './audit.css'

/** Who did what, day by day, the newest first. */
export function Audit() {
  const t = settingsWords.value
  const entries = useSignal<readonly AuditEntry[] | null>(null)
  const nextCursor = useSignal<string | null>(null)
  const busy = useSignal(false)
  const read = async (cursor: string | null) => {
    busy.value = true
    try {
      const page = await listAudit(cursor)
      entries.value = [...(entries.value ?? []), ...page.entries]
      nextCursor.value = page.nextCursor
    } catch (error) {
      reportFailure(error)
    } finally {
      busy.value = false
    }
  }
  useEffect(() => void read(null), [])
  return (
    <Section title={t.sections.audit} lead={t.audit.lead}>
      {entries.value === null && <Waiting text={t.loading} />}
      {entries.value?.length === 0 && <EmptyState title={t.audit.none} text={t.audit.noneHelp} />}
      {groupByDay(entries.value ?? [], ({ at }) => at, now.value, place.value).map(({ day, rows }) => (
        <section key={day} class="section-group" aria-label={day}>
          <h2 class="panel-heading">{day}</h2>
          <ul class="panel">
            {rows.map((entry) => (
              <Row key={entry.id} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
      {nextCursor.value !== null && (
        <button
          type="button"
          class="button audit-more"
          disabled={busy}
          onClick={() => void read(nextCursor.value)}
        >
          {t.audit.more}
        </button>
      )}
    </Section>
  )
}

function Row({ entry: { at, who, act, detail } }: { readonly entry: AuditEntry }) {
  const t = settingsWords.value
  const time = new Intl.DateTimeFormat(place.value.language, { timeStyle: 'short' }).format(Date.parse(at))
  return (
    <li class="panel-item audit-row">
      <time class="audit-time number" dateTime={at} title={formatExact(at, place.value)}>
        {time}
      </time>
      <span class="audit-what">
        <strong>{whoDid(who, t)}</strong> {t.audit.acts[act]}
        {detail !== '' && <span class="panel-detail"> {tellDetail(detail, place.value)}</span>}
      </span>
    </li>
  )
}
