import type { CardContents } from '../../store/contact-source.ts'
import { readCards } from '../vcard/read-cards.ts'

export const LONGEST_CARD_NOTE = 2000
const LONGEST_NAME = 100
const MOST_NUMBERS = 20
/** As the API takes numbers; see `contactNumber` of its contract. */
const NUMBER = /^(?=.*[0-9A-Za-z])[^\p{C}]{1,64}$/u

/** What a card says, made fit for a contact; undefined: it is none that can be read, or has no name. */
export function readCard(text: string): { readonly uid: string; readonly card: CardContents } | undefined {
  for (const each of readCards(text)) {
    if (each.kind !== 'card') continue
    const name = [...each.name.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()]
      .slice(0, LONGEST_NAME)
      .join('')
      .trim()
    if (name === '') return undefined
    return {
      uid: each.uid,
      card: {
        name: name.slice(0, LONGEST_NAME),
        note: each.note.slice(0, LONGEST_CARD_NOTE).trim(),
        numbers: each.numbers
          .map(({ number }) => number.trim())
          .filter((number) => NUMBER.test(number))
          .slice(0, MOST_NUMBERS),
      },
    }
  }
  return undefined
}
