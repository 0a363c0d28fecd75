import { areOne, compared } from '../../shared/compared-number.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { endingOf } from '../../shared/same-number.ts'
import type { ContactStore } from '../../store/contact-store.ts'
import type { Contact } from '../../store/model.ts'

/** Contacts as the store would have them, kept by nobody: what is tried here changes nothing. */
export function pretendContacts(contacts: readonly Contact[]): Pick<ContactStore, 'add' | 'set'> {
  const all = new Map(contacts.map((contact) => [contact.id, contact]))
  const owners = Map.groupBy(
    contacts.flatMap(({ id, numbers }) => numbers.map((number) => ({ id, ...compared(number) }))),
    ({ key }) => endingOf(key),
  )
  const put = (contact: Contact): Contact => {
    for (const number of contact.numbers) {
      const wanted = compared(number)
      const alike = owners.get(endingOf(wanted.key)) ?? []
      const taken = alike.find((one) => one.id !== contact.id && areOne(one, wanted))
      if (taken)
        throw new AnswerphoneError('AP_CONTACT_NUMBER_TAKEN', { number, name: all.get(taken.id)?.name ?? '' })
      owners.set(endingOf(wanted.key), [...alike, { id: contact.id, ...wanted }])
    }
    all.set(contact.id, contact)
    return contact
  }
  return {
    add: async ({ favourite = false, ...contact }) => put({ ...contact, favourite, id: `new ${all.size}` }),
    async set(id, change) {
      const before = all.get(id)
      if (!before) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'contact', id })
      return put({ ...before, ...change })
    },
  }
}
