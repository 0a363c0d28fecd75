import { useSignal } from '@preact/signals'
import type { ContactImport } from '../../../src/api/contract.ts'
import * as api from '../api/contacts.ts'
import { FileButton } from '../components/file-button.tsx'
import { Icon } from '../components/icon.tsx'
import { useAct } from '../settings/form.tsx'
import { settingsWords } from '../settings/words/settings-words.ts'
import { contactWords } from './words/contact-words.ts'

interface ContactFilesProps {
  /** Whether there are contacts to be saved. */
  readonly any: boolean
  /** There may be others now. */
  readonly onTaken: () => void
}

/** From and to a file that telephones and address books read; what could not be taken in is told line by line. */
export function ContactFiles({ any, onTaken }: ContactFilesProps) {
  const t = contactWords.value
  const done = useSignal<ContactImport | null>(null)
  /** What would come of it was told; it waits for the owner's word. */
  const waiting = useSignal<File | null>(null)
  const { failure, busy, run } = useAct()

  const takeIn = (chosen: File, dryRun: boolean) => {
    done.value = null
    waiting.value = null
    void run(async () => {
      done.value = await api.importContacts(chosen, dryRun)
      if (dryRun) waiting.value = chosen
      else onTaken()
      return dryRun ? t.lookAt : t.imported(done.value)
    })
  }

  return (
    <div class="plate">
      <p class="field-hint field-calm">{t.filesHint}</p>
      <div class="contacts-files">
        <FileButton
          label={t.import}
          accept=".vcf,.vcard,.csv,.tsv,text/vcard,text/x-vcard,text/csv"
          onChoose={(chosen) => takeIn(chosen, true)}
          disabled={busy}
        >
          {busy ? t.importing : t.import}
        </FileButton>
        {any && (
          <a class="button" href={api.contactsUrl} download="contacts.vcf">
            <Icon name="download" />
            {t.export}
          </a>
        )}
      </div>
      <p class="form-failure" role="alert">
        {failure}
      </p>
      {done.value && <Result done={done.value} />}
      {waiting.value && (done.value?.people.length ?? 0) > 0 && (
        <div class="contacts-files">
          <button
            type="button"
            class="button button-main"
            disabled={busy}
            onClick={() => waiting.value && takeIn(waiting.value, false)}
          >
            {t.takeIn}
          </button>
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              waiting.value = null
              done.value = null
            }}
          >
            {settingsWords.value.cancel}
          </button>
        </div>
      )}
    </div>
  )
}

/** So many names tell whether it is the right file. */
const SHOWN = 30

function Result({ done }: { readonly done: ContactImport }) {
  const t = contactWords.value
  return (
    <div role="status">
      <p>{done.dryRun ? t.wouldBe(done) : t.imported(done)}</p>
      {done.columns && done.columns.unknown.length > 0 && (
        <p>{t.unknownColumns(done.columns.unknown.join(', '))}</p>
      )}
      {done.dryRun && done.people.length > 0 && (
        <p class="panel-detail">
          {done.people
            .slice(0, SHOWN)
            .map(({ name }) => name)
            .join(', ')}
          {done.people.length > SHOWN && ' …'}
        </p>
      )}
      {done.problems.length > 0 && (
        <>
          <p>{t.problemsHeading(done.problems.length)}</p>
          <ul class="contacts-problems">
            {done.problems.map(({ line, problem, text }, at) => (
              <li key={at}>
                <span class="contacts-line number">{t.line(line)}</span>
                {t.problems[problem](text)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
