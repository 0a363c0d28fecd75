import type { ContactSource } from '../../../../src/api/contract.ts'
import { readSourceNow, removeSource } from '../../api/contact-sources.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { AskFirst } from '../../settings/ask-first.tsx'
import { useKept } from '../../settings/collections.ts'
import { formatDateTime } from '../../settings/dates.ts'
import { useAct } from '../../settings/form.tsx'
import { Gone } from '../../settings/gone.tsx'
import { AddLink, LinkRow, Section } from '../../settings/section.tsx'
import { isUnsaved } from '../../settings/use-draft.ts'
import { settingsWords } from '../../settings/words/settings-words.ts'
import { settingsHash } from '../../state/parse-route.ts'
import { replaceRoute } from '../../state/route.ts'
import { contactSources } from './kept.ts'
import { SourceForm } from './source-form.tsx'
import { sourceWords } from './words.ts'
import '../contacts.css'

/** How often it is asked how reading goes, in ms. */
const LOOK_MS = 2000

/** Accounts whose contacts are taken over. */
export function SourcesPage() {
  const [t, all] = [sourceWords.value, settingsWords.value]
  const rows = useKept(contactSources, LOOK_MS)
  return (
    <Section
      title={all.sections.addressbooks}
      lead={t.lead}
      act={<AddLink section="addressbooks" text={t.add} />}
    >
      {rows === null && <Waiting text={all.loading} />}
      {rows?.length === 0 && <EmptyState title={t.none} text={t.noneHelp} />}
      {rows !== null && rows.length > 0 && (
        <ul class="panel">
          {rows.map((source) => (
            <LinkRow
              key={source.id}
              href={settingsHash('addressbooks', source.id)}
              name={source.name}
              detail={standing(source)}
              state={isUnsaved(`addressbooks/${source.id}`) ? all.unsaved : undefined}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}

/** How many contacts are from there, and how it is going. */
function standing(source: ContactSource): string {
  const t = sourceWords.value
  const read = source.lastReadAt === null ? t.neverRead : t.readAt(formatDateTime(source.lastReadAt))
  const now = source.syncing ? t.syncing : (problemOf(source) ?? read)
  return [t.contacts(source.contacts), now].join(' · ')
}

const problemOf = ({ problem }: ContactSource): string | null =>
  problem && (sourceWords.value.problems[problem.code] ?? problem.message)

/** One account, or a new one. */
export function SourcePage({ id }: { readonly id: string }) {
  const rows = useKept(contactSources, LOOK_MS)
  if (id === 'new')
    return (
      <Section title={sourceWords.value.add} from="addressbooks">
        <SourceForm onDone={(source) => replaceRoute(settingsHash('addressbooks', source.id))} />
      </Section>
    )
  if (rows === null) return <Waiting text={settingsWords.value.loading} />
  const source = rows.find((each) => each.id === id)
  return source ? <KnownSource source={source} /> : <Gone section="addressbooks" />
}

function KnownSource({ source }: { readonly source: ContactSource }) {
  const t = sourceWords.value
  const { id, name, leftOut, withoutNumber, syncing } = source
  const { failure, busy, run } = useAct()
  const remove = async (contacts: 'remove' | 'keep') => {
    await removeSource(id, contacts)
    await contactSources.read()
    replaceRoute(settingsHash('addressbooks'))
    return contacts === 'keep' ? t.kept(name) : t.removed(name)
  }
  return (
    <Section title={name} from="addressbooks">
      <p class="panel-state" role="status">
        <span
          class={syncing ? 'light light-waiting' : source.problem ? 'light light-off' : 'light light-on'}
          aria-hidden="true"
        />
        {standing(source)}
      </p>
      {withoutNumber > 0 && <p class="panel-detail">{t.withoutNumber(withoutNumber)}</p>}
      {leftOut.length > 0 && (
        <div>
          <p class="panel-detail">{t.leftOut}</p>
          <ul class="contacts-problems">
            {leftOut.map((card, at) => (
              <li key={at}>
                {card.name} <span class="number">{card.numbers.join(', ')}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <button
          type="button"
          class="button"
          disabled={busy || syncing}
          onClick={() =>
            void run(async () => {
              await readSourceNow(id)
              await contactSources.read()
              return t.syncing
            })
          }
        >
          {t.readNow}
        </button>
        <p class="form-failure" role="alert">
          {failure}
        </p>
      </div>
      <SourceForm source={source} onDone={() => {}} />
      <div class="apart contacts-files">
        <AskFirst name={t.keep} question={t.keepAsk(name)} act={() => remove('keep')} />
        <AskFirst name={t.remove} question={t.removeAsk(name)} act={() => remove('remove')} />
      </div>
    </Section>
  )
}
