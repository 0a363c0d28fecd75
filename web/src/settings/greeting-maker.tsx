import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { FileButton } from '../components/file-button.tsx'
import { Icon } from '../components/icon.tsx'
import { LevelMeter } from '../levels/level-meter.tsx'
import { type Clip, clipSeconds, isTooSoft, type Trim, trimSilence } from './clip.ts'
import { useKept, voice } from './collections.ts'
import { GreetingDraft } from './greeting-draft.tsx'
import { hasMicrophone, MicrophoneError, type Recording, readSound, startRecording } from './microphone.ts'
import { SpokenText } from './spoken-text.tsx'
import { settingsWords } from './words/settings-words.ts'
import './greeting-maker.css'

/** A new greeting: recorded here, chosen from a file or typed and read aloud, trimmed, named and kept. */
export function GreetingMaker({ onKept }: { readonly onKept?: () => void }) {
  const t = settingsWords.value.greetings
  const clip = useSignal<{ readonly clip: Clip; readonly trim: Trim } | null>(null)
  const recording = useSignal<Recording | null>(null)
  const level = useSignal(0)
  const failure = useSignal('')
  const typing = useSignal(false)
  const known = useKept(voice)

  const take = (sound: Clip, trim: Trim) => {
    clip.value = { clip: sound, trim }
    failure.value = isTooSoft(sound) ? t.tooSoft : ''
  }
  const stop = async () => {
    const going = recording.value
    recording.value = null
    if (!going) return
    const sound = await going.stop()
    take(sound, trimSilence(sound))
  }
  const record = async () => {
    failure.value = ''
    clip.value = null
    try {
      recording.value = await startRecording(
        (peak) => {
          level.value = peak
        },
        () => void stop(),
      )
    } catch (error) {
      if (!(error instanceof MicrophoneError)) throw error
      failure.value = error.reason === 'insecure' ? t.noMicrophone : t.refused
    }
  }
  const choose = async (chosen: File) => {
    failure.value = ''
    try {
      const sound = await readSound(chosen)
      take(sound, { from: 0, to: clipSeconds(sound) })
    } catch {
      failure.value = t.unreadable
    }
  }
  // Who walks away gives the microphone back.
  useEffect(() => () => void recording.value?.stop(), [])

  return (
    <section class="plate" aria-label={t.make}>
      <div class="maker-top">
        <h2 class="maker-title">{t.make}</h2>
        {recording.value && <LevelMeter level={level} label={t.level} />}
      </div>
      {recording.value ? (
        <>
          <p role="status">{t.recordingNow}</p>
          <div class="maker-acts">
            <button ref={focusNow} type="button" class="button maker-record" onClick={() => void stop()}>
              <Icon name="stop" />
              {t.stopRecording}
            </button>
          </div>
        </>
      ) : (
        <>
          <div class="maker-acts">
            {hasMicrophone() && (
              <button type="button" class="button maker-record" onClick={() => void record()}>
                <Icon name="record" />
                {clip.value ? t.again : t.record}
              </button>
            )}
            <FileButton label={t.upload} accept="audio/*,.wav" onChoose={(chosen) => void choose(chosen)} />
            {known !== null && known.languages.length > 0 && (
              <button
                type="button"
                class="button"
                aria-expanded={typing.value}
                onClick={() => {
                  typing.value = !typing.value
                }}
              >
                <Icon name="keypad" />
                {t.type}
              </button>
            )}
          </div>
          {typing.value && (
            <SpokenText
              onSpoken={(sound) => take(sound, trimSilence(sound))}
              onClose={() => {
                typing.value = false
              }}
            />
          )}
          {!clip.value && !typing.value && (
            <p class="field-hint field-calm">
              {hasMicrophone() ? t.uploadHint : `${t.noMicrophone} ${t.uploadHint}`}
            </p>
          )}
        </>
      )}
      <p class="form-failure" role="alert">
        {failure}
      </p>
      {clip.value && (
        <GreetingDraft
          {...clip.value}
          onTrim={(trim) => {
            if (clip.value) clip.value = { ...clip.value, trim }
          }}
          onDrop={() => {
            clip.value = null
            failure.value = ''
          }}
          {...(onKept ? { onKept } : {})}
        />
      )}
    </section>
  )
}

const focusNow = (element: HTMLElement | null) => element?.focus()
