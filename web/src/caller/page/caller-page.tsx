import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { CallerEntry, CallerProfile } from '../../../../src/api/contract.ts'
import { callerExportUrl, noteCaller, readCaller } from '../../api/callers.ts'
import { blockNumber, unblockNumber } from '../../api/calls.ts'
import { changeContact } from '../../api/contacts.ts'
import { CallRow } from '../../components/call-row.tsx'
import { Icon } from '../../components/icon.tsx'
import { MessageRow } from '../../components/message-row.tsx'
import { ReadMore } from '../../components/read-more.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { groupByDay } from '../../format/moment.ts'
import { place, words } from '../../i18n/words.ts'
import { TextArea, TextInput } from '../../settings/fields.tsx'
import { Form } from '../../settings/form.tsx'
import { useDraft } from '../../settings/use-draft.ts'
import { contactAsked } from '../../state/contact-asked.ts'
import { now } from '../../state/now.ts'
import { settingsHash } from '../../state/parse-route.ts'
import { reportFailure } from '../../state/report-failure.ts'
import { route } from '../../state/route.ts'
import { showToast } from '../../state/toasts.ts'
import { Erase } from './erase.tsx'
import { useHistory } from './use-history.ts'
import { pageWords } from './words.ts'
import '../../settings/section.css'
import './caller-page.css'

/** All that is known of one caller: who it is, what was noted, each call and message. */
export function CallerPage() {
  const at = route.value
  return at.view === 'callers' ? <Known key={at.key} id={at.key} /> : null
}

function Known({ id }: { readonly id: string }) {
  const t = pageWords.value
  const caller = useSignal<CallerProfile | null | undefined>(undefined)
  const read = () =>
    readCaller(id).then((found) => {
      caller.value = found
    }, reportFailure)
  // The dialog that gives a name is closed again: it may be a contact now.
  useEffect(() => void read(), [id, contactAsked.value === null])
  if (caller.value === undefined) return <Waiting text={t.loading} />
  if (caller.value === null)
    return (
      <div class="section caller-page">
        <Back />
        <h1 class="section-title" tabIndex={-1}>
          {id}
        </h1>
        <p class="section-lead">{t.nobody}</p>
      </div>
    )
  return (
    <div class="section caller-page">
      <Back />
      <Head caller={caller.value} onChange={read} />
      <Note
        caller={caller.value}
        onSaved={(saved) => {
          caller.value = saved
        }}
      />
      <History caller={caller.value} />
      <div class="apart">
        <a class="button" href={callerExportUrl(caller.value.key)} download="caller.json">
          <Icon name="download" />
          {t.export}
        </a>
      </div>
      <Erase caller={caller.value} onForgotten={read} />
    </div>
  )
}

/** Whoever is looked up here has called, or was thought to have. */
const Back = () => (
  <a class="section-back" href="#/calls">
    <Icon name="backward" />
    {words.value.nav.calls}
  </a>
)

const titleOf = ({ name, numbers }: CallerProfile) => name ?? numbers[0]?.display ?? ''

function Head({
  caller,
  onChange,
}: {
  readonly caller: CallerProfile
  readonly onChange: () => Promise<void>
}) {
  const t = pageWords.value
  const { contact, numbers } = caller
  const title = titleOf(caller)
  return (
    <header class="caller-head">
      <h1 class="section-title" tabIndex={-1}>
        {title}
      </h1>
      <p class="caller-class" data-class={caller.class}>
        {t.classes[caller.class]}
        {contact?.source && ` · ${t.from(contact.source.name)}`}
      </p>
      <ul class="caller-numbers">
        {numbers.map(({ number, display, e164, blockedAs }) => (
          <li key={number} class="number">
            {display}
            {e164 !== null && e164 !== display && <span class="caller-e164"> {e164}</span>}
            {blockedAs !== null && <span class="badge">{t.isBlocked}</span>}
          </li>
        ))}
      </ul>
      <Acts caller={caller} title={title} onChange={onChange} />
    </header>
  )
}

interface ActsProps {
  readonly caller: CallerProfile
  readonly title: string
  readonly onChange: () => Promise<void>
}

function Acts({ caller, title, onChange }: ActsProps) {
  const t = pageWords.value
  const { contact, numbers } = caller
  const isBlocked = caller.class === 'blocked'
  const run = (act: () => Promise<unknown>, said: string) =>
    void act().then(async () => {
      showToast({ text: said, tone: 'done' })
      await onChange()
    }, reportFailure)
  const block = async () => {
    for (const { number, e164 } of numbers) await blockNumber({ number: e164 ?? number, name: caller.name })
  }
  const unblock = async () => {
    for (const { blockedAs } of numbers) if (blockedAs !== null) await unblockNumber(blockedAs)
  }
  return (
    <div class="caller-acts">
      {contact ? (
        <>
          <button
            type="button"
            class="button"
            onClick={() =>
              run(
                () => changeContact(contact.id, { favourite: !contact.favourite }),
                contact.favourite ? t.unfavoured(title) : t.favoured(title),
              )
            }
          >
            {contact.favourite ? t.noFavourite : t.makeFavourite}
          </button>
          <a class="button" href={settingsHash('contacts', contact.id)}>
            {words.value.messages.editContact}
          </a>
        </>
      ) : (
        <button
          type="button"
          class="button"
          onClick={() => {
            contactAsked.value = { number: caller.key, name: caller.name ?? '', contact: null }
          }}
        >
          <Icon name="add-person" />
          {words.value.messages.addCaller}
        </button>
      )}
      <button
        type="button"
        class={isBlocked ? 'button' : 'button button-stop'}
        onClick={() => (isBlocked ? run(unblock, t.unblocked(title)) : run(block, t.blocked(title)))}
      >
        {isBlocked ? t.unblock : t.block}
      </button>
    </div>
  )
}

function Note({
  caller,
  onSaved,
}: {
  readonly caller: CallerProfile
  readonly onSaved: (caller: CallerProfile) => void
}) {
  const t = pageWords.value
  const { key, note } = caller
  const { fields, changed, set, drop } = useDraft<{ readonly note: string }>(`callers/${key}`, { note })
  return (
    <Form
      dirty={changed.length > 0}
      discard={drop}
      save={async () => {
        onSaved(await noteCaller(key, fields.note.trim()))
        drop()
        return t.noteSaved
      }}
    >
      <div class="plate">
        <TextArea
          label={t.note}
          hint={t.noteHint}
          value={fields.note}
          maxLength={2000}
          onInput={(text) => set({ note: text })}
        />
      </div>
    </Form>
  )
}

function History({ caller }: { readonly caller: CallerProfile }) {
  const t = pageWords.value
  const typed = useSignal('')
  const { history, readMore } = useHistory(caller.key, typed.value)
  const at = (entry: CallerEntry) => (entry.kind === 'call' ? entry.call.arrivedAt : entry.message.receivedAt)
  const isSearched = typed.value.trim() !== ''
  return (
    <section class="caller-history" aria-label={t.history}>
      <h2 class="panel-heading">{t.history}</h2>
      <TextInput
        label={t.search}
        value={typed.value}
        maxLength={200}
        onInput={(text) => {
          typed.value = text
        }}
      />
      {history === null && <Waiting text={t.loading} />}
      {history?.entries.length === 0 && <p class="section-lead">{isSearched ? t.noneFound : t.none}</p>}
      {groupByDay(history?.entries ?? [], at, now.value, place.value).map(({ day, rows }) => (
        <section key={day} class="day" aria-label={day}>
          <h3 class="day-heading">{day}</h3>
          <ul>
            {rows.map((entry) =>
              entry.kind === 'call' ? (
                <CallRow key={entry.call.id} call={entry.call} />
              ) : (
                <li key={entry.message.id}>
                  <MessageRow message={entry.message} />
                </li>
              ),
            )}
          </ul>
        </section>
      ))}
      {history !== null && history.nextCursor !== null && <ReadMore read={readMore} />}
    </section>
  )
}
