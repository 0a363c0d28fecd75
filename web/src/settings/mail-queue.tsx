import type { Mail } from '../../../src/api/contract.ts'
import { removeMail, retryMail } from '../api/mail.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { Icon } from '../components/icon.tsx'
import { Waiting } from '../components/waiting.tsx'
import { formatExact, formatTime } from '../format/moment.ts'
import { place } from '../i18n/words.ts'
import { now } from '../state/now.ts'
import { reportFailure } from '../state/report-failure.ts'
import { showToast } from '../state/toasts.ts'
import { whoDid } from './audit-words.ts'
import { mails, useKept } from './collections.ts'
import { formatDateTime } from './dates.ts'
import { settingsWords } from './words/settings-words.ts'
import './mail.css'

/** They go by themselves. */
const MAILS_EVERY_MS = 5_000

/** What was mailed or waits for it, and why it does. */
export function MailQueue() {
  const t = settingsWords.value
  const rows = useKept(mails, MAILS_EVERY_MS)
  return (
    <section class="section" aria-labelledby="mails-heading">
      <h2 id="mails-heading" class="panel-heading">
        {t.mail.queue}
      </h2>
      {rows === null && <Waiting text={t.loading} />}
      {rows?.length === 0 && <EmptyState title={t.mail.none} text={t.mail.noneHelp} />}
      {rows !== null && rows.length > 0 && (
        <ul class="panel">
          {rows.map((mail) => (
            <Row key={mail.id} mail={mail} />
          ))}
        </ul>
      )}
    </section>
  )
}

const LIGHTS = { sent: 'light light-on', waiting: 'light light-waiting', failed: 'light light-off' } as const

function Row({ mail }: { readonly mail: Mail }) {
  const t = settingsWords.value
  const { id, to, by, state, createdAt, endedAt, nextAt, tries, problem } = mail
  const isLate = state === 'waiting' && tries > 0 && nextAt !== null
  const at = endedAt ?? createdAt
  const facts = [
    formatTime(at, now.value, place.value),
    by === 'machine' ? t.mail.everyMessage : t.mail.sender(whoDid(by, t)),
    isLate && t.mail.next(formatDateTime(nextAt)),
  ]
  return (
    <li class="panel-item panel-row mail-row" data-mail={state}>
      <span class="panel-text">
        <span class="panel-name">{to}</span>
        <span class="panel-detail" title={formatExact(at, place.value)}>
          {facts.filter(Boolean).join(' · ')}
        </span>
        {problem && state !== 'sent' && (
          <span class="mail-problem">
            {t.mail.problems[problem.code] ?? problem.detail}
            {t.mail.problems[problem.code] !== undefined && <span class="mail-words">{problem.detail}</span>}
          </span>
        )}
      </span>
      <span class="mail-acts">
        <span class="panel-state">
          <span class={LIGHTS[state]} aria-hidden="true" />
          {t.mail.states[state]}
        </span>
        {state !== 'sent' && problem && (
          <button
            type="button"
            class="button"
            aria-label={t.mail.retryName(to)}
            onClick={() => act(retryMail(id), t.mail.retried(to))}
          >
            {t.mail.retry}
          </button>
        )}
        <button
          type="button"
          class="icon-button"
          aria-label={t.mail.remove(to)}
          title={t.mail.remove(to)}
          onClick={() => act(removeMail(id))}
        >
          <Icon name="close" />
        </button>
      </span>
    </li>
  )
}

async function act(asked: Promise<unknown>, done?: string): Promise<void> {
  await asked.then(() => done !== undefined && showToast({ text: done, tone: 'done' }), reportFailure)
  await mails.read()
}
