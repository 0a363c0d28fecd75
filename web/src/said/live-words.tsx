import { useEffect, useRef } from 'preact/hooks'
import type { LiveWords as Said } from '../../../src/api/contract.ts'
import { saidWords } from './words/said-words.ts'
import './live-words.css'

/**
 * What a caller is saying, to be read along. What is certain is read aloud, sentence by sentence, by who has the page read to
 * them; what is still being guessed at is only seen.
 */
export function LiveWords({ said }: { readonly said: Said }) {
  const sentences = useRef<readonly string[]>([])
  const box = useRef<HTMLDivElement>(null)
  const before = sentences.current.join('')
  useEffect(() => {
    // What was said last is in view.
    if (box.current) box.current.scrollTop = box.current.scrollHeight
  }, [said])
  if (said.text !== before)
    sentences.current = said.text.startsWith(before)
      ? [...sentences.current, said.text.slice(before.length)]
      : [said.text]
  if (said.text === '' && said.partial === '') return null
  return (
    <div class="live-words" ref={box}>
      <div class="live-words-sure" role="log" aria-label={saidWords.value.live}>
        {sentences.current.map((sentence, place) => (
          <span key={place}>{sentence}</span>
        ))}
      </div>
      {said.partial !== '' && (
        <span class="live-words-partial" aria-hidden="true">
          {' '}
          {said.partial}
        </span>
      )}
    </div>
  )
}
