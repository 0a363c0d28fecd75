import { useSignal } from '@preact/signals'
import type { Mailbox } from '../../../src/api/contract.ts'
import * as api from '../api/settings.ts'
import { languages } from '../i18n/words.ts'
import type { Clip } from './clip.ts'
import { mailboxes, useKept, voice } from './collections.ts'
import { Select, TextArea } from './fields.tsx'
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
  const boxes = useKept(mailboxes)
  /** Null: not chosen yet. */
  const chosen = useSignal<Mailbox['language'] | null>(null)
  const known = useKept(voice)
  const offered = languages.filter(({ id }) => known?.languages.includes(id) ?? true)
  const [first] = boxes ?? []
  const isRead = offered.some(({ id }) => id === first?.language)
  const language = chosen.value ?? (isRead ? first?.language : offered[0]?.id) ?? 'en'
  const { failure, busy, run } = useAct()
  const speak = async () => {
    onSpoken(await readSound(await api.speakText(text.value, language)))
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
      <Select
        label={t.textLanguage}
        value={language}
        options={offered.map(({ id, name }) => ({ value: id, name }))}
        onChoose={(value) => {
          chosen.value = value
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
