import { useSignal } from '@preact/signals'
import type { Diagnosis } from '../../../../src/api/contract.ts'
import { Waiting } from '../../components/waiting.tsx'
import { language } from '../../i18n/words.ts'
import { diagnosis, lines, useKept } from '../collections.ts'
import { CopyButton } from '../copy-button.tsx'
import { formatDateTime } from '../dates.ts'
import { Section } from '../section.tsx'
import { settingsWords } from '../words/settings-words.ts'
import { Findings } from './findings.tsx'
import { reportText, sortFindings } from './report.ts'
import { SoundTest } from './sound-test.tsx'
import { doctorWords } from './words/doctor-words.ts'

/** The check-up: what is in order, what is not, and what to do about it. */
export function DoctorPage() {
  const t = doctorWords.value
  const known = useKept(diagnosis)
  const house = useKept(lines)
  return (
    <Section title={settingsWords.value.sections.doctor} lead={t.lead}>
      {known === null ? <Waiting text={t.looking} /> : <Report known={known} />}
      {known !== null && house !== null && (
        <>
          <h2 class="panel-heading">{t.sound}</h2>
          <p class="section-lead sound-lead">{t.soundLead}</p>
          <SoundTest lines={house} choices={known.soundTests} />
        </>
      )}
    </Section>
  )
}

function Report({ known }: { readonly known: Diagnosis }) {
  const t = doctorWords.value
  const isLooking = useSignal(false)
  const { problems, fine } = sortFindings(known.findings)
  const lookAgain = async () => {
    isLooking.value = true
    await diagnosis.read()
    isLooking.value = false
  }
  return (
    <>
      <div class="doctor-top">
        <p role="status" class="doctor-verdict" data-level={problems[0]?.level ?? 'ok'}>
          {isLooking.value ? t.looking : problems.length === 0 ? t.well : t.problems(problems.length)}
          <span class="panel-detail">{t.at(formatDateTime(known.examinedAt))}</span>
        </p>
        <div class="doctor-acts">
          <CopyButton what={t.copyName} name={t.copy} text={reportText(known, language.value)} />
          <button type="button" class="button" disabled={isLooking.value} onClick={() => void lookAgain()}>
            {t.again}
          </button>
        </div>
      </div>
      {problems.length > 0 && <Findings findings={problems} />}
      <details class="doctor-fine" open={problems.length === 0}>
        <summary>{t.inOrder(fine.length)}</summary>
        <Findings findings={fine} />
      </details>
    </>
  )
}
