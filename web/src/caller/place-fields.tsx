import { house, useKept } from '../settings/collections.ts'
import { Select, Switch, TextInput } from '../settings/fields.tsx'
import type { LineFields } from '../settings/line-fields.ts'
import { countryOptions } from './country-options.ts'
import { callerWords } from './words/caller-words.ts'

type Place = Pick<LineFields, 'country' | 'areaCode' | 'trustVerstat'>

interface PlaceFieldsProps {
  readonly place: Place
  readonly disabled: boolean
  readonly onChange: (change: Partial<Place>) => void
}

/** Where a line is, by which numbers are read, and whether its provider is believed. */
export function PlaceFields({ place, disabled, onChange }: PlaceFieldsProps) {
  const t = callerWords.value
  const known = useKept(house)
  return (
    <details class="plate" open={place.country !== '' || place.trustVerstat}>
      <summary>{t.place}</summary>
      <Select
        label={t.country}
        hint={t.countryHint}
        value={place.country}
        options={[
          { value: '', name: t.countryNone },
          ...countryOptions(known?.countries ?? [], place.country),
        ]}
        disabled={disabled}
        onChoose={(country) => onChange({ country })}
      />
      <TextInput
        label={t.areaCode}
        hint={t.areaCodeHint}
        value={place.areaCode}
        maxLength={6}
        code
        placeholder="30"
        disabled={disabled}
        onInput={(areaCode) => onChange({ areaCode })}
      />
      <Switch
        label={t.trustVerstat}
        hint={t.trustVerstatHint}
        checked={place.trustVerstat}
        disabled={disabled}
        onChange={(trustVerstat) => onChange({ trustVerstat })}
      />
    </details>
  )
}
