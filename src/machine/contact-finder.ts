import { comparable, endingOf, isSameNumber } from '../shared/same-number.ts'
import type { Contact } from '../store/model.ts'

/** Whom the owner knows a caller as. */
export type KnownAs = Pick<Contact, 'id' | 'name'>

/** The contact whose number this is; null: none, or the number is withheld. */
export type ContactOf = (number: string | null) => KnownAs | null

/**
 * Looks numbers up in these contacts: the one that has the very number, else the only one that has it in another way of
 * writing, without its country code or with it.
 */
export function contactFinder(contacts: readonly Contact[]): ContactOf {
  const byEnding = new Map<string, { readonly key: string; readonly contact: KnownAs }[]>()
  for (const { id, name, numbers } of contacts)
    for (const number of numbers) {
      const key = comparable(number)
      const ending = endingOf(key)
      const alike = byEnding.get(ending) ?? []
      byEnding.set(ending, [...alike, { key, contact: { id, name } }])
    }

  return (number) => {
    if (number === null) return null
    const wanted = comparable(number)
    const alike = byEnding.get(endingOf(wanted)) ?? []
    const exact = alike.find(({ key }) => key === wanted)
    if (exact) return exact.contact
    const [found, ...others] = alike.filter(({ key }) => isSameNumber(key, wanted))
    return found && others.every(({ contact }) => contact.id === found.contact.id) ? found.contact : null
  }
}
