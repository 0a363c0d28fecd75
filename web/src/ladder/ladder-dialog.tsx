import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Ladder } from '../../../src/api/contract.ts'
import { pcapUrl, readLadder } from '../api/ladder.ts'
import { RequestError } from '../api/request.ts'
import { Dialog } from '../components/dialog.tsx'
import { Waiting } from '../components/waiting.tsx'
import { callerTitle } from '../format/caller.ts'
import { formatExact } from '../format/moment.ts'
import { place, words } from '../i18n/words.ts'
import { ladderAsked } from '../state/ladder-asked.ts'
import { Encryption } from './encryption.tsx'
import { LadderDrawing } from './ladder-drawing.tsx'
import { Sound } from './sound.tsx'
import { ladderWords } from './words/ladder-words.ts'
import './ladder.css'

/** What went over the wire for the call that is asked about, and how its sound was. */
export function LadderDialog() {
  const call = ladderAsked.value
  return (
    call && (
      <Dialog
        key={call.id}
        name="ladder-dialog"
        heading={ladderWords.value.heading}
        onClose={() => {
          ladderAsked.value = null
        }}
      >
        {() => (
          <>
            <p class="ladder-of">
              {callerTitle(call, words.value)}, {formatExact(call.arrivedAt, place.value)}
            </p>
            <Encryption encrypted={call.encrypted} />
            <Details id={call.id} />
          </>
        )}
      </Dialog>
    )
  )
}

function Details({ id }: { readonly id: string }) {
  const t = ladderWords.value
  const ladder = useSignal<Ladder | null>(null)
  const failure = useSignal<'missing' | 'failed' | null>(null)
  useEffect(() => {
    readLadder(id).then(
      (read) => {
        ladder.value = read
      },
      (error: unknown) => {
        failure.value =
          error instanceof RequestError && error.code === 'AP_LADDER_MISSING' ? 'missing' : 'failed'
      },
    )
  }, [id, ladder, failure])
  if (failure.value !== null) return <p role="status">{t[failure.value]}</p>
  if (ladder.value === null) return <Waiting text={t.loading} />
  return (
    <>
      <Sound statistics={ladder.value.statistics} />
      <LadderDrawing ladder={ladder.value} />
      <div class="dialog-acts">
        <a class="button" href={pcapUrl(id)} download>
          {t.save}
        </a>
      </div>
    </>
  )
}
