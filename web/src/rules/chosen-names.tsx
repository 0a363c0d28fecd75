import { Checks } from '../settings/fields.tsx'

interface ChosenNamesProps {
  readonly label: string
  readonly hint?: string
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (ids: string[]) => void
}

/** Any of a few things, which have names to people and ids to the machine. */
export function ChosenNames({ label, hint, options, chosen, onChange }: ChosenNamesProps) {
  // What is gone stays chosen until somebody unticks it.
  const gone = chosen.filter((id) => !options.some((option) => option.id === id))
  const all = [...options, ...gone.map((id) => ({ id, name: '?' }))]
  return (
    <Checks
      label={label}
      hint={hint}
      options={all.map(({ name }) => name)}
      chosen={all.filter(({ id }) => chosen.includes(id)).map(({ name }) => name)}
      onChange={(names) => onChange(all.filter(({ name }) => names.includes(name)).map(({ id }) => id))}
    />
  )
}
