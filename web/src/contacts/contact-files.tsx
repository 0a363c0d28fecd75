import { useSignal } from '@preact/signals'
import type { ContactImport } from '../../../src/api/contract.ts'
import * as api from '../api/contacts.ts'
import { FileButton } from '../components/file-button.tsx'
import { Icon } from '../components/icon.tsx'
import { useAct } from '../settings/form.tsx'
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
  const { failure, busy, run } = useAct()

  const takeIn = (chosen: File) => {
    done.value = null
    void run(async () => {
      done.value = await api.importContacts(chosen)
      onTaken()
      return t.imported(done.value)
    })
  }

  return (
    <div class="plate">
      <p class="field-hint field-calm">{t.filesHint}</p>
      <div class="contacts-files">
        <FileButton
          label={t.import}
          accept=".vcf,.vcard,text/vcard,text/x-vcard"
          onChoose={takeIn}
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
    </div>
  )
}

function Result({ done }: { readonly done: ContactImport }) {
  const t = contactWords.value
  return (
    <div role="status">
      <p>{t.imported(done)}</p>
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
