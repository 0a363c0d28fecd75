import { effect, signal } from '@preact/signals'
import { session } from '../state/session.ts'
import { changedFields, type DraftState, rebase } from './draft.ts'

/**
 * What was written and not saved, by the place in the settings where it was written: it outlives a look elsewhere in
 * the page. What leaves the page altogether is asked first.
 */
const drafts = signal<ReadonlyMap<string, DraftState<object>>>(new Map())

effect(() => {
  // Of whoever was logged in before, nothing is left.
  if (!session.value?.user) drafts.value = new Map()
})

addEventListener('beforeunload', (event) => {
  if (drafts.value.size > 0) event.preventDefault()
})

export const isUnsaved = (key: string): boolean => drafts.value.has(key)

export interface Draft<Fields extends object> {
  readonly fields: Fields
  readonly changed: readonly (keyof Fields)[]
  set(change: Partial<Fields>): void
  /** Forgets what was written: it is saved, or not wanted. */
  drop(): void
}

/** The draft for the place `key`, on top of what is saved there. */
export function useDraft<Fields extends object>(key: string, saved: Fields): Draft<Fields> {
  const kept = drafts.value.get(key) as DraftState<Fields> | undefined
  const draft = kept ? rebase(kept, saved) : { saved, fields: saved }
  const drop = () => {
    const rest = new Map(drafts.value)
    rest.delete(key)
    drafts.value = rest
  }
  return {
    fields: draft.fields,
    changed: changedFields(draft),
    set(change) {
      // Read anew: two fields may change within one render.
      const now = (drafts.value.get(key) as DraftState<Fields> | undefined) ?? draft
      const next = { saved, fields: { ...rebase(now, saved).fields, ...change } }
      if (changedFields(next).length === 0) drop()
      else drafts.value = new Map(drafts.value).set(key, next)
    },
    drop,
  }
}
