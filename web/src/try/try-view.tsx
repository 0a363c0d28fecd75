import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { visitTestCall } from '../api/test-calls.ts'
import { formatElapsed } from '../format/elapsed.ts'
import { LevelMeter } from '../levels/level-meter.tsx'
import { now } from '../state/now.ts'
import { Entrance } from '../views/entrance.tsx'
import { callState, hangUp, level, pressHash, speak, startCall, type Voice } from './test-call.ts'
import { tryWords } from './words.ts'
import './try.css'

/** The caller's page of a test call: whoever has the link calls the line once. */
export function TryView({ token }: { readonly token: string }) {
  const t = tryWords.value
  const line = useSignal<string | null>(null)
  const dead = useSignal('')
  useEffect(() => {
    visitTestCall(token).then(
      (offer) => {
        line.value = offer.line
      },
      (error: Error) => {
        dead.value = error.message
      },
    )
  }, [token])
  if (dead.value !== '') return <Entrance title={t.dead} lead={dead.value} />
  if (line.value === null) return <Entrance title={t.looking} />
  return <Phone token={token} line={line.value} />
}

function Phone({ token, line }: { readonly token: string; readonly line: string }) {
  const t = tryWords.value
  const hasMicrophone = window.isSecureContext && navigator.mediaDevices !== undefined
  const voice = useSignal<Voice>(hasMicrophone ? 'microphone' : 'recording')
  const state = callState.value
  if (state.kind === 'over') return <Entrance title={t.over} lead={state.refused ? t.refused : t.overHelp} />
  if (state.kind !== 'idle')
    return (
      <Entrance title={state.kind === 'calling' ? t.calling : t.talking} lead={t.lead}>
        <div class="try-acts">
          {state.kind === 'talking' && (
            <>
              <div class="try-now">
                <p class="number" role="timer">
                  {formatElapsed(now.value - state.since)}
                </p>
                <LevelMeter level={level} label={t.level} />
              </div>
              <button type="button" class="button" onClick={pressHash}>
                {t.key}
              </button>
              {voice.value === 'recording' && (
                <button type="button" class="button" onClick={speak}>
                  {t.speak}
                </button>
              )}
            </>
          )}
          <button type="button" class="button button-main" onClick={hangUp}>
            {t.hangUp}
          </button>
        </div>
      </Entrance>
    )
  return (
    <Entrance title={t.title(line)} lead={t.lead}>
      <fieldset class="try-acts">
        <legend>{t.voice}</legend>
        {(['microphone', 'recording'] as const).map((one) => (
          <label key={one} class="try-voice">
            <input
              type="radio"
              name="voice"
              checked={voice.value === one}
              disabled={one === 'microphone' && !hasMicrophone}
              onChange={() => {
                voice.value = one
              }}
            />
            {t.voices[one]}
          </label>
        ))}
        {!hasMicrophone && <p>{t.insecure}</p>}
      </fieldset>
      <p class="form-failure" role="alert">
        {state.failure}
      </p>
      <button
        type="button"
        class="button button-main button-go"
        onClick={() => void startCall(token, line, voice.value)}
      >
        {t.call(line)}
      </button>
    </Entrance>
  )
}
