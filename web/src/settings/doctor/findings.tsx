import type { Finding } from '../../../../src/api/contract.ts'
import { Icon } from '../../components/icon.tsx'
import { language } from '../../i18n/words.ts'
import { doctorWords } from './words/doctor-words.ts'
import './doctor.css'

/** Findings, one below the other: what it is about, how it is, and what to do. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <ul class="panel">
      {findings.map((finding) => (
        <li key={`${finding.area} ${finding.what.en}`} class="panel-item">
          <FindingText finding={finding} />
        </li>
      ))}
    </ul>
  )
}

/** With a capital, where it begins with a word: paths and addresses are as they are. */
const asSentence = (text: string) =>
  text.replace(/^\p{Ll}+(?= )/u, (word) => word[0]?.toUpperCase() + word.slice(1))

/** A text, with what is between backticks as one types it. */
function Commands({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code key={part}>{part}</code> : part))}</>
}

export function FindingText({ finding: { area, level, code, what, advice } }: { readonly finding: Finding }) {
  const t = doctorWords.value
  const spoken = language.value
  return (
    <div class="finding" data-level={level}>
      <span class="finding-sign">
        <Icon name={level === 'ok' ? 'check' : 'warning'} />
        <span class="unseen">{t.levels[level]}</span>
      </span>
      <div class="finding-text">
        <p class="finding-area">{t.areas[area]}</p>
        <p class="finding-what">{asSentence(what[spoken])}</p>
        {advice && (
          <p>
            <Commands text={advice[spoken]} />
          </p>
        )}
        {code !== null && <code class="finding-code">{code}</code>}
      </div>
    </div>
  )
}
