import type { Condition, Take } from '../rule.ts'

/** A rule that many want, to be taken as it is or changed. One file each; all of them are in all.ts. */
export interface ReadyMade {
  readonly key: string
  readonly name: { readonly en: string; readonly de: string }
  readonly when: readonly Condition[]
  readonly action: Take
  /** It lets through what others hold back: before all others. Default: after them. */
  readonly first?: boolean
}
