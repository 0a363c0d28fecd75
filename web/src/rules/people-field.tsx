import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Contact } from '../../../src/api/contract.ts'
import { request } from '../api/request.ts'
import { Select } from '../settings/fields.tsx'
import { reportFailure } from '../state/report-failure.ts'
import { ChosenNames } from './chosen-names.tsx'
import { ruleWords } from './words/rule-words.ts'

/** The first of them; whoever is not among them is named by number. */
const known = signal<readonly Contact[]>([])

interface PeopleFieldProps {
  readonly chosen: readonly string[]
  readonly onChange: (ids: string[]) => void
}

/** Contacts: those that are chosen, and one more. */
export function PeopleField({ chosen, onChange }: PeopleFieldProps) {
  const t = ruleWords.value
  useEffect(() => {
    request<{ contacts: Contact[] }>('GET', '/contacts?limit=200')
      .then(({ contacts }) => {
        known.value = contacts
      })
      .catch(reportFailure)
  }, [])
  const others = known.value.filter(({ id }) => !chosen.includes(id))
  return (
    <>
      {chosen.length > 0 && (
        <ChosenNames
          label={t.contacts}
          options={known.value.filter(({ id }) => chosen.includes(id))}
          chosen={chosen}
          onChange={onChange}
        />
      )}
      <Select
        label={chosen.length > 0 ? t.choose : t.contacts}
        value=""
        options={[{ value: '', name: t.choose }, ...others.map(({ id, name }) => ({ value: id, name }))]}
        onChoose={(id) => id !== '' && onChange([...chosen, id])}
      />
    </>
  )
}
