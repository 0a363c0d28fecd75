import { expect, it } from 'vitest'
import { hashCredentials } from '../sip/auth/digest.ts'
import type { Phone } from './phone.ts'
import { createPhoneBook } from './phone-book.ts'

const entry = (name: string, ...mailboxIds: string[]) => ({
  phone: { name, mailboxIds, speaker: false, speakerGainDb: 0 } satisfies Phone,
  credentials: hashCredentials(name, 'house', 'secret'),
})

it('finds phones by name and by mailbox, and forgets those that are no longer there', () => {
  const book = createPhoneBook([entry('kitchen', 'a', 'b'), entry('office', 'b')])
  expect(book.all().map(({ name }) => name)).toEqual(['kitchen', 'office'])
  expect(book.ofMailbox('a').map(({ name }) => name)).toEqual(['kitchen'])
  expect(book.ofMailbox('b').map(({ name }) => name)).toEqual(['kitchen', 'office'])
  expect(book.ofMailbox('c')).toEqual([])
  expect(book.credentialsOf('kitchen')).toEqual(hashCredentials('kitchen', 'house', 'secret'))

  book.fill([entry('office', 'a')])
  expect(book.byName('kitchen')).toBeUndefined()
  expect(book.credentialsOf('kitchen')).toBeUndefined()
  expect(book.ofMailbox('b')).toEqual([])
  expect(book.ofMailbox('a').map(({ name }) => name)).toEqual(['office'])
})
