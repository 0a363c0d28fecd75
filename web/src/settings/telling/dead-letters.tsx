import { forgetDelivery, sendAgain } from '../../api/telling.ts'
import { Icon } from '../../components/icon.tsx'
import { reportFailure } from '../../state/report-failure.ts'
import { showToast } from '../../state/toasts.ts'
import { useKept } from '../collections.ts'
import { formatDateTime } from '../dates.ts'
import { dead, targets } from './kept.ts'
import { tellingWords } from './words/telling-words.ts'
import '../mail.css'

/** What could not be told, to be sent again or forgotten. */
export function DeadLetters() {
  const t = tellingWords.value
  const rows = useKept(dead, 10_000)
  if (!rows || rows.length === 0) return null
  return (
    <section class="section" aria-labelledby="dead-heading">
      <h2 id="dead-heading" class="panel-heading">
        {t.deadLetters}
      </h2>
      <p class="panel-detail">{t.deadHelp}</p>
      <ul class="panel">
        {rows.map(({ id, target, event, at, problem }) => {
          const what = t.eventNames[event]
          return (
            <li key={id} class="panel-item panel-row mail-row">
              <span class="panel-text">
                <span class="panel-name">{what}</span>
                <span class="panel-detail">
                  {target} · {formatDateTime(at)}
                </span>
                <span class="mail-problem">{problem}</span>
              </span>
              <span class="mail-acts">
                <button
                  type="button"
                  class="button"
                  aria-label={t.againName(what, target)}
                  onClick={() => void act(sendAgain(id), t.sentAgain)}
                >
                  {t.again}
                </button>
                <button
                  type="button"
                  class="icon-button"
                  aria-label={t.forget(what, target)}
                  title={t.forget(what, target)}
                  onClick={() => void act(forgetDelivery(id))}
                >
                  <Icon name="close" />
                </button>
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

async function act(asked: Promise<unknown>, done?: string): Promise<void> {
  await asked.then(() => done !== undefined && showToast({ text: done, tone: 'done' }), reportFailure)
  await Promise.all([dead.read(), targets.read()])
}
