import { AnswerphoneError } from '../../shared/errors.ts'
import { comparable, endingOf, isSameNumber } from '../../shared/same-number.ts'
import type { ContactStore } from '../../store/contact-store.ts'
import type { Contact } from '../../store/model.ts'

/** Contacts as the store would have them, kept by nobody: what is tried here changes nothing. */
export function pretendContacts(contacts: readonly Contact[]): Pick<ContactStore, 'add' | 'set'> {
  const all = new Map(contacts.map((contact) => [contact.id, contact]))
  const owners = Map.groupBy(
    contacts.flatMap(({ id, numbers }) => numbers.map((number) => ({ id, key: comparable(number) }))),
    ({ key }) => endingOf(key),
  )
  const put = (contact: Contact): Contact => {
    for (const number of contact.numbers) {
      const key = comparable(number)
      const alike = owners.get(endingOf(key)) ?? []
      const taken = alike.find((one) => one.id !== contact.id && isSameNumber(one.key, key))
      if (taken)
        throw new AnswerphoneError('AP_CONTACT_NUMBER_TAKEN', { number, name: all.get(taken.id)?.name ?? '' })
      owners.set(endingOf(key), [...alike, { id: contact.id, key }])
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
