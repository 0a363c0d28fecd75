import { changeHouse } from '../api/settings.ts'
import { house, isOwner, useKept } from '../settings/collections.ts'
import { Select } from '../settings/fields.tsx'
import { reportFailure } from '../state/report-failure.ts'
import { showToast } from '../state/toasts.ts'
import { countryOptions } from './country-options.ts'
import { callerWords } from './words/caller-words.ts'

/** In which country numbers of contacts are meant that have no country code. */
export function HouseCountry() {
  const t = callerWords.value
  const known = useKept(house)
  if (known === null) return null
  const chosen = known.from === 'setting' ? (known.country ?? '') : ''
  const countries = countryOptions(known.countries, known.country ?? '')
  const nameOf = (code: string | null) => countries.find(({ value }) => value === code)?.name ?? t.countryNone
  const choose = async (code: string) => {
    try {
      const saved = await changeHouse({ country: code === '' ? null : code })
      await house.read()
      showToast({ text: t.houseSaved(nameOf(saved.country)), tone: 'done' })
    } catch (error) {
      reportFailure(error)
    }
  }
  const asLines = t.houseFromLines(nameOf(known.from === 'lines' ? known.country : null))
  return (
    <div class="plate">
      <Select
        label={t.house}
        hint={t.houseHint}
        value={chosen}
        options={[{ value: '', name: asLines }, ...countries]}
        disabled={!isOwner()}
        onChoose={(code) => void choose(code)}
      />
    </div>
  )
}
