import { areOne, type ComparedNumber, compared } from '../shared/compared-number.ts'
import { endingOf } from '../shared/same-number.ts'
import type { Contact } from '../store/model.ts'

/** Whom the owner knows a caller as. */
export type KnownAs = Pick<Contact, 'id' | 'name'>

/**
 * The contact whose number this is; null: none, or the number is withheld.
 *
 * @param e164 the number in E.164, as far as its line knows it
 */
export type ContactOf = (number: string | null, e164?: string | null) => KnownAs | null

/**
 * Looks numbers up in these contacts: the one that has the very number, else the only one that has it in another way of
 * writing, without its country code or with it. Two that are known in E.164 are one only if they are equal.
 *
 * @param country where contacts are whose numbers have no country code; null: not known
 */
export function contactFinder(contacts: readonly Contact[], country: string | null = null): ContactOf {
  const house = { country, areaCode: null }
  const byEnding = new Map<string, (ComparedNumber & { readonly contact: KnownAs })[]>()
  for (const { id, name, numbers } of contacts)
    for (const number of numbers) {
      const one = { ...compared(number, house), contact: { id, name } }
      const ending = endingOf(one.key)
      const alike = byEnding.get(ending)
      if (alike) alike.push(one)
      else byEnding.set(ending, [one])
    }

  return (number, e164) => {
    if (number === null) return null
    const wanted = compared(number, house, e164)
    const alike = byEnding.get(endingOf(wanted.key)) ?? []
    const exact = alike.find(({ key }) => key === wanted.key)
    if (exact) return exact.contact
    const [found, ...others] = alike.filter((one) => areOne(one, wanted))
    return found && others.every(({ contact }) => contact.id === found.contact.id) ? found.contact : null
  }
}
