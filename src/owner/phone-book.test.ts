import { expect, it } from 'vitest'
import { hashCredentials } from '../sip/auth/digest.ts'
import type { Phone } from './phone.ts'
import { createPhoneBook } from './phone-book.ts'

const entry = (name: string, ...mailboxIds: string[]) => ({
  phone: { name, mailboxIds, speaker: false, speakerGainDb: 0 } satisfies Phone,
  credentials: hashCredentials(name, 'house', 'secret'),
})

it('has phones with several logins, which may come only over the connections of an account', () => {
  const page = { ...entry('page-ada', 'a'), account: 'user:ada' }
  const [one, other] = ['one', 'other'].map((login) => ({
    ...page,
    login,
    credentials: hashCredentials(login, 'house', 'x'),
  }))
  const book = createPhoneBook([page, one ?? page, other ?? page])
  expect(book.all().map(({ name }) => name)).toEqual(['page-ada'])
  expect(book.ofMailbox('a').map(({ name }) => name)).toEqual(['page-ada'])
  expect(book.credentialsOf('other')).toEqual(hashCredentials('other', 'house', 'x'))
  expect(book.byLogin('one', 'user:ada')?.name).toBe('page-ada')
  expect(book.byLogin('one', 'user:max')).toBeUndefined()
  expect(book.byLogin('one', undefined)).toBeUndefined()
  expect(book.hasPlain).toBe(false)

  book.fill([page, entry('kitchen')])
  expect(book.hasPlain).toBe(true)
  for (const account of [undefined, 'user:ada'])
    expect(book.byLogin('kitchen', account)?.name).toBe('kitchen')
  expect(book.byLogin('one', 'user:ada')).toBeUndefined()
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
