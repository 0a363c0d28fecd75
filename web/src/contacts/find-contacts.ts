import type { Contact } from '../../../src/api/contract.ts'

/** Those with this in the name, the note or a number, as it is typed. Pure. */
export function findContacts(contacts: readonly Contact[], typed: string): readonly Contact[] {
  const wanted = fold(typed.trim())
  if (wanted === '') return contacts
  // In national or in 00 form, a number goes on as it does after the country code.
  const digits = /^[+\d\s()/.-]*$/.test(typed) ? digitsOf(typed).replace(/^0+/, '') : ''
  return contacts.filter(
    ({ name, note, numbers }) =>
      fold(`${name}\n${note}`).includes(wanted) ||
      numbers.some((number) =>
        digits === '' ? fold(number).includes(wanted) : digitsOf(number).includes(digits),
      ),
  )
}

const digitsOf = (text: string) => text.replace(/\D/g, '')

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
