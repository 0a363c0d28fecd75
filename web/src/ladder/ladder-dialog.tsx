import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Ladder } from '../../../src/api/contract.ts'
import { pcapUrl, readLadder } from '../api/ladder.ts'
import { RequestError } from '../api/request.ts'
import { Icon } from '../components/icon.tsx'
import { Waiting } from '../components/waiting.tsx'
import { callerTitle } from '../format/caller.ts'
import { formatExact } from '../format/moment.ts'
import { place, words } from '../i18n/words.ts'
import { ladderAsked } from '../state/ladder-asked.ts'
import { Encryption } from './encryption.tsx'
import { LadderDrawing } from './ladder-drawing.tsx'
import { Sound } from './sound.tsx'
import { ladderWords } from './words/ladder-words.ts'
import '../components/shortcuts-dialog.css'
import './ladder.css'

/** What went over the wire for the call that is asked about, and how its sound was. */
export function LadderDialog() {
  const call = ladderAsked.value
  return call && <Dialog key={call.id} call={call} />
}

function Dialog({ call }: { readonly call: NonNullable<typeof ladderAsked.value> }) {
  const t = ladderWords.value
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      class="dialog ladder-dialog"
      aria-labelledby="ladder-heading"
      onClose={() => {
        ladderAsked.value = null
      }}
    >
      <div class="dialog-top">
        <h2 id="ladder-heading" class="dialog-heading">
          {t.heading}
        </h2>
        <button
          type="button"
          class="icon-button"
          aria-label={words.value.keys.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <p class="ladder-of">
        {callerTitle(call, words.value)}, {formatExact(call.arrivedAt, place.value)}
      </p>
      <Encryption encrypted={call.encrypted} />
      <Details id={call.id} />
    </dialog>
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
