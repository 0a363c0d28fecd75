import { dialWords } from './words/dial-words.ts'

const KEYS = [...'123456789*0+']

/** The keys beside the field, for who has no keyboard at hand. */
export function DialKeys({ onKey }: { readonly onKey: (key: string) => void }) {
  const dial = dialWords.value
  return (
    <fieldset class="dial-keys" aria-label={dial.keys}>
      {KEYS.map((key) => (
        <button key={key} type="button" class="button dial-key" onClick={() => onKey(key)}>
          {key}
        </button>
      ))}
    </fieldset>
  )
}
