interface ChoiceProps<Id extends string> {
  readonly label: string
  readonly chosen: Id
  readonly options: readonly { readonly id: Id; readonly name: string }[]
  readonly onChoose: (id: Id) => void
}

/** One of a few, side by side. */
export function Choice<Id extends string>({ label, chosen, options, onChoose }: ChoiceProps<Id>) {
  return (
    <fieldset class="field">
      <legend class="field-label">{label}</legend>
      <div class="choice choice-wide">
        {options.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            class="choice-button"
            aria-pressed={id === chosen}
            onClick={() => onChoose(id)}
          >
            {name}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
