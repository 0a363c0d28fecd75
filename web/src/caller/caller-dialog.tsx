import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { CallDetails, SaidHeader } from '../../../src/api/contract.ts'
import { readCall } from '../api/calls.ts'
import { RequestError } from '../api/request.ts'
import { Dialog } from '../components/dialog.tsx'
import { Waiting } from '../components/waiting.tsx'
import { askedNumber, callerTitle } from '../format/caller.ts'
import { words } from '../i18n/words.ts'
import { settingsWords } from '../settings/words/settings-words.ts'
import { type CallerAsked, callerAsked } from '../state/caller-asked.ts'
import { callerHash } from '../state/parse-route.ts'
import { reportFailure } from '../state/report-failure.ts'
import { Attested } from './attested.tsx'
import { CallerNumber } from './caller-number.tsx'
import { callerWords } from './words/caller-words.ts'

/** All that is known of a caller, and what the line said of him, header by header. */
export function CallerDialog() {
  const asked = callerAsked.value
  return (
    asked && (
      <Dialog
        key={asked.callId}
        name="caller-dialog"
        heading={callerTitle(asked, words.value)}
        onClose={() => {
          callerAsked.value = null
        }}
      >
        {(close) => <Known asked={asked} onLeave={close} />}
      </Dialog>
    )
  )
}

function Known({ asked, onLeave }: { readonly asked: CallerAsked; readonly onLeave: () => void }) {
  /** Null: not read yet; undefined: it is forgotten. */
  const call = useSignal<CallDetails | null | undefined>(null)
  useEffect(() => {
    readCall(asked.callId).then(
      (read) => {
        call.value = read
      },
      (error: unknown) => {
        call.value = undefined
        if (!(error instanceof RequestError && error.code === 'AP_NOT_FOUND')) reportFailure(error)
      },
    )
  }, [asked, call])
  const t = callerWords.value
  const number = askedNumber(asked)
  const attestation = call.value?.attestation ?? null
  const why = whyOf(attestation)
  return (
    <>
      <dl class="caller-facts">
        <Fact name={t.number}>
          {asked.callerNumber === null ? t.withheld : <CallerNumber caller={asked} />}{' '}
          <Attested attestation={attestation} />
          {why !== null && <p class="caller-why">{why}</p>}
        </Fact>
        {asked.callerE164 !== null && asked.callerE164 !== asked.callerDisplay && (
          <Fact name={t.e164}>{asked.callerE164}</Fact>
        )}
        {asked.callerNumber !== null && asked.callerNumber !== asked.callerE164 && (
          <Fact name={t.asWritten}>{asked.callerNumber}</Fact>
        )}
        <Fact name={t.line}>{asked.line}</Fact>
      </dl>
      {number !== null && (
        <a class="button caller-more" href={callerHash(asked.contact?.id ?? number)} onClick={onLeave}>
          {t.more}
        </a>
      )}
      {call.value === null && <Waiting text={settingsWords.value.loading} />}
      {call.value !== null && <Said said={call.value?.said ?? []} />}
    </>
  )
}

/** What it means that the number is verified, or is not. */
function whyOf(attestation: CallDetails['attestation']): string | null {
  const { passedWhy, failedWhy } = callerWords.value
  if (attestation?.verdict === 'passed') return passedWhy[attestation.level ?? 'none']
  return attestation?.verdict === 'failed' ? failedWhy : null
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)

function Said({ said }: { readonly said: readonly SaidHeader[] }) {
  const t = callerWords.value
  return (
    <section>
      <h3 class="caller-said-heading">{t.said}</h3>
      {said.length === 0 && <p>{t.saidNothing}</p>}
      <ul class="caller-said">
        {said.map((one, place) => (
          <li key={place}>
            <p class="caller-said-header">{t.header[one.header]}</p>
            <p>{one.value === '' ? t.hidden : namedIn(one)}</p>
            {one.value !== '' && <code class="caller-said-value">{one.value}</code>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** `Erna, 0301234567: no answer` */
function namedIn({ name, number, reason }: SaidHeader): string {
  const who = [name, number].filter((part) => part !== null).join(', ')
  if (reason === null) return who
  const why = callerWords.value.reason[reason] ?? reason
  return who === '' ? why : `${who}: ${why}`
}
