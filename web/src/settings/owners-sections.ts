import type { Section } from '../state/parse-route.ts'

/** What the server shows to owners only. */
export const ownersSections: ReadonlySet<Section> = new Set([
  'telling',
  'people',
  'tokens',
  'audit',
  'doctor',
  'lists',
  'addressbooks',
])
