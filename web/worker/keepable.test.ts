import { expect, it } from 'vitest'
import { keepable, messageOfSound, worthKeeping } from './keepable.ts'

const at = (path: string) => keepable(new URL(`/api/v1/${path}`, 'https://house.example'))

it('keeps the head of each list, however much of it was asked for', () => {
  expect(at('messages?state=new%2Cheard&limit=50')?.key).toBe('/api/v1/messages?state=new%2Cheard')
  expect(at('messages?limit=200&state=new%2Cheard&q=')?.key).toBe('/api/v1/messages?state=new%2Cheard')
  expect(at('calls?limit=50')).toEqual({ kind: 'list', key: '/api/v1/calls' })
  expect(at('mailboxes')?.kind).toBe('list')
})

it('keeps no search, no further page and nobody’s history', () => {
  for (const path of [
    'messages?q=ruth',
    'messages?state=new&cursor=x',
    'messages?skip=100',
    'calls?caller=%2B49',
    'calls?q=1',
  ])
    expect(at(path), path).toBeNull()
})

it('keeps a recording as it is played, not as it is saved', () => {
  expect(at('messages/m1/audio')).toEqual({ kind: 'sound', key: '/api/v1/messages/m1/audio' })
  expect(at('messages/m1/audio?format=mp3')).toBeNull()
  expect(messageOfSound('/api/v1/messages/m1/audio')).toBe('m1')
  expect(messageOfSound('/api/v1/greetings/m1/audio')).toBeNull()
})

it('keeps nothing else of the API', () => {
  for (const path of ['events', 'about', 'users', 'tokens', 'phone-session', 'messages/m1', 'push'])
    expect(at(path), path).toBeNull()
})

it('leaves out calls that go on, and the session’s token', () => {
  expect(worthKeeping({ live: [{ id: 'c1' }], past: [1], nextCursor: null })).toEqual({
    live: [],
    past: [1],
    nextCursor: null,
  })
  expect(worthKeeping({ user: { id: 'u1' }, csrfToken: 'secret' })).toEqual({
    user: { id: 'u1' },
    csrfToken: null,
  })
  expect(worthKeeping({ messages: [1, 2], total: 900, nextCursor: 'x' })).toEqual({
    messages: [1, 2],
    total: 2,
    nextCursor: null,
  })
  expect(worthKeeping([{ live: 1 }])).toEqual([{ live: 1 }])
})
