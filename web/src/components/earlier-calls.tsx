import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { readEarlier } from '../api/earlier-calls.ts'
import { type Earlier, tellEarlier } from '../format/earlier-calls.ts'
import { place, words } from '../i18n/words.ts'
import { now } from '../state/now.ts'

/** How often and when the caller has called before, and what he left last. Nothing, until it is known. */
export function EarlierCalls({ number, callId }: { readonly number: string; readonly callId: string }) {
  const earlier = useSignal<Earlier | null>(null)
  useEffect(() => {
    // It is a courtesy: a card without it is better than an error beside a call.
    readEarlier(number, callId).then(
      (read) => {
        earlier.value = read
      },
      () => {},
    )
  }, [number, callId, earlier])
  if (!earlier.value) return null
  return (
    <p class="call-earlier">
      {tellEarlier(earlier.value, now.value, place.value, words.value).map((sentence) => (
        <span key={sentence}>{sentence}</span>
      ))}
    </p>
  )
}
