import type { Target } from '../../../../src/api/contract.ts'
import { changeTarget, removeTarget, testTarget } from '../../api/telling.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { reportFailure } from '../../state/report-failure.ts'
import { showToast } from '../../state/toasts.ts'
import { AskFirst } from '../ask-first.tsx'
import { useKept } from '../collections.ts'
import { settingsWords } from '../words/settings-words.ts'
import { targets } from './kept.ts'
import { tellingWords } from './words/telling-words.ts'
import '../mail.css'
import './telling.css'

/** What waits goes by itself. */
const LOOK_EVERY_MS = 5_000

/** Webhooks and topics, and how each stands. */
export function TargetList() {
  const t = tellingWords.value
  const rows = useKept(targets, LOOK_EVERY_MS)
  return (
    <section class="section" aria-labelledby="targets-heading">
      <h2 id="targets-heading" class="panel-heading">
        {t.targets}
      </h2>
      {rows === null && <Waiting text={settingsWords.value.loading} />}
      {rows?.length === 0 && <EmptyState title={t.none} text={t.noneHelp} />}
      {rows !== null && rows.length > 0 && (
        <ul class="panel">
          {rows.map((target) => (
            <Row key={target.id} target={target} />
          ))}
        </ul>
      )}
    </section>
  )
}

const LIGHTS = { on: 'light light-on', failing: 'light light-waiting', off: 'light light-off' } as const

function Row({ target }: { readonly target: Target }) {
  const t = tellingWords.value
  const { id, kind, name, url, enabled, waiting, dead, lastProblem } = target
  const state = enabled ? (lastProblem === '' ? 'on' : 'failing') : 'off'
  const facts = [
    t.kinds[kind],
    // What follows the host may be a secret, and is long.
    URL.parse(url)?.host,
    waiting > 0 && t.waiting(waiting),
    dead > 0 && t.dead(dead),
  ]
  return (
    <li class="panel-item panel-row target-row" data-target={state}>
      <span class="panel-text">
        <span class="panel-name">{name}</span>
        <span class="panel-detail" title={url}>
          {facts.filter(Boolean).join(' · ')}
        </span>
        {lastProblem !== '' && <span class="mail-problem">{lastProblem}</span>}
      </span>
      <span class="target-acts">
        <span class="panel-state">
          <span class={LIGHTS[state]} aria-hidden="true" />
          {t.states[state]}
        </span>
        <button type="button" class="button" aria-label={t.testName(name)} onClick={() => void test(target)}>
          {t.test}
        </button>
        <button
          type="button"
          class="button"
          aria-label={`${enabled ? t.switchOff : t.switchOn}: ${name}`}
          onClick={() =>
            void changeTarget(id, { enabled: !enabled }).then(() => targets.read(), reportFailure)
          }
        >
          {enabled ? t.switchOff : t.switchOn}
        </button>
        <AskFirst
          name={settingsWords.value.remove}
          label={t.removeName(name)}
          question={t.removeAsk(name)}
          act={async () => {
            await removeTarget(id)
            await targets.read()
            return t.removed(name)
          }}
        />
      </span>
    </li>
  )
}

async function test({ id, name }: Target): Promise<void> {
  const t = tellingWords.value
  try {
    const { taken, why } = await testTarget(id)
    if (taken) showToast({ text: t.taken(name), tone: 'done' })
    else showToast({ text: t.notTaken(name, why), tone: 'failed' })
  } catch (error) {
    reportFailure(error)
  }
  await targets.read()
}
