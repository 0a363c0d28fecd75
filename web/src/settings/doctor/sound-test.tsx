import { useSignal } from '@preact/signals'
import type { Finding, Line, SoundTestChoice } from '../../../../src/api/contract.ts'
import * as api from '../../api/settings.ts'
import { reportFailure } from '../../state/report-failure.ts'
import { Select, TextInput } from '../fields.tsx'
import { FindingText } from './findings.tsx'
import { doctorWords } from './words/doctor-words.ts'

interface SoundTestProps {
  readonly lines: readonly Line[]
  readonly choices: readonly SoundTestChoice[]
}

/** A call by which the machine hears itself. It is made by the button that names the number, and never else. */
export function SoundTest({ lines, choices }: SoundTestProps) {
  const t = doctorWords.value
  const able = lines.filter(({ account, callBack }) => account !== null || callBack !== null)
  const line = useSignal(choices[0]?.line ?? able[0]?.name ?? '')
  const number = useSignal(choices[0]?.number ?? '')
  const isBusy = useSignal(false)
  const found = useSignal<Finding | null>(null)
  const here = choices.filter((choice) => choice.line === line.value)
  if (able.length === 0) return <p class="section-foot">{t.noLines}</p>

  async function call(): Promise<void> {
    isBusy.value = true
    found.value = null
    try {
      found.value = await api.testSound(line.value, number.value.trim())
    } catch (error) {
      reportFailure(error)
    }
    isBusy.value = false
  }

  return (
    <form
      class="plate"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy.value) void call()
      }}
    >
      <div class="plate-pair">
        <Select
          label={t.line}
          value={line.value}
          options={able.map(({ name }) => ({ value: name, name }))}
          onChoose={(name) => {
            line.value = name
            number.value = choices.find((choice) => choice.line === name)?.number ?? ''
          }}
        />
        <TextInput
          label={t.number}
          hint={t.numberHint}
          value={number.value}
          required
          maxLength={33}
          code
          onInput={(text) => {
            number.value = text
          }}
        />
      </div>
      {here.length > 0 && (
        <p class="sound-choices">
          <span>{t.choices}</span>
          {here.map((choice) => (
            <button
              key={choice.number}
              type="button"
              class="button button-quiet"
              aria-pressed={choice.number === number.value}
              onClick={() => {
                number.value = choice.number
              }}
            >
              {t.kinds[choice.kind](choice.number)}
            </button>
          ))}
        </p>
      )}
      <div class="form-foot">
        <button type="submit" class="button" disabled={isBusy.value}>
          {isBusy.value ? t.calling : t.call(number.value.trim())}
        </button>
      </div>
      <div role="status">{found.value && <FindingText finding={found.value} />}</div>
    </form>
  )
}
