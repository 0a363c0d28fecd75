import { useSignal } from '@preact/signals'
import * as api from '../api/settings.ts'
import type { Clip } from './clip.ts'
import { TextArea } from './fields.tsx'
import { useAct } from './form.tsx'
import { readSound } from './microphone.ts'
import { settingsWords } from './words/settings-words.ts'

interface SpokenTextProps {
  readonly onSpoken: (sound: Clip) => void
  readonly onClose: () => void
}

/** A greeting that is typed, and read aloud by the machine's voice. */
export function SpokenText({ onSpoken, onClose }: SpokenTextProps) {
  const t = settingsWords.value.greetings
  const text = useSignal('')
  const { failure, busy, run } = useAct()
  const speak = async () => {
    onSpoken(await readSound(await api.speakText(text.value)))
    return t.spoken
  }
  return (
    <form
      class="maker-text"
      onSubmit={(event) => {
        event.preventDefault()
        void run(speak)
      }}
    >
      <TextArea
        label={t.text}
        hint={t.textHint}
        value={text.value}
        required
        maxLength={2000}
        onInput={(value) => {
          text.value = value
        }}
      />
      <p class="form-failure" role="alert">
        {failure}
      </p>
      <div class="maker-acts">
        <button type="submit" class="button button-main" disabled={busy}>
          {busy ? t.speaking : t.speak}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {settingsWords.value.cancel}
        </button>
      </div>
    </form>
  )
}
