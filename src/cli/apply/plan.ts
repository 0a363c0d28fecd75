import { isDeepStrictEqual } from 'node:util'
import { type Fields, type House, KINDS, type Kind } from './house.ts'

/** What becomes of one thing. */
export type Change =
  | { readonly act: 'add'; readonly kind: Kind; readonly name: string }
  | {
      readonly act: 'change'
      readonly kind: Kind
      readonly name: string
      /** Not empty; a path is like `account.user`. */
      readonly fields: readonly FieldChange[]
    }
  | { readonly act: 'remove'; readonly kind: Kind; readonly name: string }
  | { readonly act: 'rename'; readonly kind: Kind; readonly name: string; readonly was: string }
  | { readonly act: 'order'; readonly before: readonly string[]; readonly after: readonly string[] }

export interface FieldChange {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** What has to be done to make one house of another: nothing where they are the same. In which order keys stand does not matter. */
export function plan(present: House, wanted: House): Change[] {
  const changes = KINDS.flatMap((kind) => [
    ...[...wanted[kind]].flatMap(([name, fields]) => planOne(kind, name, present[kind].get(name), fields)),
    ...namesIn(present[kind])
      .filter((name) => !wanted[kind].has(name))
      .map((name): Change => ({ act: 'remove', kind, name })),
  ])
  const before = namesIn(present.rules).filter((name) => wanted.rules.has(name))
  const after = namesIn(wanted.rules).filter((name) => present.rules.has(name))
  return isDeepStrictEqual(before, after) ? changes : [...changes, { act: 'order', before, after }]
}

function planOne(kind: Kind, name: string, before: Fields | undefined, after: Fields): Change[] {
  if (!before) return [{ act: 'add', kind, name }]
  const fields = differences(before, after)
  return fields.length === 0 ? [] : [{ act: 'change', kind, name, fields }]
}

/** Field by field; of objects that are there before and after theirs, too. */
function differences(before: Fields, after: Fields, above = ''): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key) => {
    const [old, now] = [before[key] ?? null, after[key] ?? null]
    const path = `${above}${key}`
    if (isDeepStrictEqual(old, now)) return []
    if (isFields(old) && isFields(now)) return differences(old, now, `${path}.`)
    return [{ path, before: old, after: now }]
  })
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const namesIn = (things: ReadonlyMap<string, Fields>): string[] => [...things.keys()]
