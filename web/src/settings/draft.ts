/** A form as it is being filled in: what is kept on the machine, and what stands in the fields. */
export interface DraftState<Fields extends object> {
  readonly saved: Fields
  readonly fields: Fields
}

/** The fields that differ from what is saved. */
export function changedFields<Fields extends object>({
  saved,
  fields,
}: DraftState<Fields>): readonly (keyof Fields)[] {
  return (Object.keys(fields) as (keyof Fields)[]).filter((name) => !isSame(saved[name], fields[name]))
}

/**
 * The draft on top of what is saved now, which somebody else may have changed meanwhile: fields that were touched keep
 * what was written, the others follow.
 */
export function rebase<Fields extends object>(draft: DraftState<Fields>, saved: Fields): DraftState<Fields> {
  const touched = changedFields(draft).map((name) => [name, draft.fields[name]] as const)
  return { saved, fields: { ...saved, ...Object.fromEntries(touched) } }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
