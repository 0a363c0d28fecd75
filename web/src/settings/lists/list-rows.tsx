import type { NumberList } from '../../../../src/api/contract.ts'
import { putNumbers, refreshNumberList, removeNumberList } from '../../api/number-lists.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FileButton } from '../../components/file-button.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { place } from '../../i18n/words.ts'
import { reportFailure } from '../../state/report-failure.ts'
import { showToast } from '../../state/toasts.ts'
import { AskFirst } from '../ask-first.tsx'
import { useKept } from '../collections.ts'
import { formatDateTime } from '../dates.ts'
import { settingsWords } from '../words/settings-words.ts'
import { numberLists } from './kept.ts'
import { listWords } from './words/list-words.ts'
import '../mail.css'
import '../telling/telling.css'

/** One that was just added is fetched in a moment. */
const LOOK_EVERY_MS = 5_000

/** The block lists, and how each stands. */
export function ListRows() {
  const t = listWords.value
  const rows = useKept(numberLists, LOOK_EVERY_MS)
  if (rows === null) return <Waiting text={settingsWords.value.loading} />
  if (rows.length === 0) return <EmptyState title={t.none} text={t.noneHelp} />
  return (
    <ul class="panel">
      {rows.map((list) => (
        <Row key={list.id} list={list} />
      ))}
    </ul>
  )
}

const LIGHTS = { good: 'light light-on', failing: 'light light-waiting', empty: 'light light-off' } as const

function Row({ list }: { readonly list: NumberList }) {
  const t = listWords.value
  const { id, kind, name, url, count, skipped, readAt, nextAt, problem } = list
  const state = problem ? 'failing' : count === 0 ? 'empty' : 'good'
  const facts = [
    kind === 'url' ? URL.parse(url ?? '')?.host : t.kinds[kind],
    t.numbers(whole(count)),
    readAt === null ? t.never : t.read(formatDateTime(readAt)),
    nextAt !== null && readAt !== null && t.next(formatDateTime(nextAt)),
    skipped > 0 && t.skipped(whole(skipped)),
  ]
  return (
    <li class="panel-item panel-row target-row" data-list={state}>
      <span class="panel-text">
        <span class="panel-name">{name}</span>
        <span class="panel-detail" title={url ?? undefined}>
          {facts.filter(Boolean).join(' · ')}
        </span>
        {problem && <span class="mail-problem">{t.problems[problem.code] ?? problem.message}</span>}
      </span>
      <span class="target-acts">
        <span class="panel-state">
          <span class={LIGHTS[state]} aria-hidden="true" />
          {t.states[state]}
        </span>
        {kind === 'file' ? (
          <FileButton
            label={t.chooseName(name)}
            accept=".txt,.csv,.json,.vcf,.xml"
            onChoose={(file) => void tell(putNumbers(id, file))}
          >
            {t.choose}
          </FileButton>
        ) : (
          <button
            type="button"
            class="button"
            aria-label={t.refreshName(name)}
            onClick={() => void tell(refreshNumberList(id))}
          >
            {t.refresh}
          </button>
        )}
        <AskFirst
          name={settingsWords.value.remove}
          label={t.removeName(name)}
          question={t.removeAsk(name)}
          act={async () => {
            await removeNumberList(id)
            await numberLists.read()
            return t.removed(name)
          }}
        />
      </span>
    </li>
  )
}

/** How it went, in a word; why it did not stands in its row. */
export async function tell(asked: Promise<NumberList>): Promise<void> {
  const t = listWords.value
  try {
    const { name, count, problem } = await asked
    if (problem) showToast({ text: t.problems[problem.code] ?? problem.message, tone: 'failed' })
    else showToast({ text: t.refreshed(name, whole(count)), tone: 'done' })
  } catch (error) {
    reportFailure(error)
  }
  await numberLists.read()
}

const whole = (count: number) => new Intl.NumberFormat(place.value.language).format(count)
