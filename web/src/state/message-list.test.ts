import { describe, expect, it } from 'vitest'
import type { Message } from '../../../src/api/contract.ts'
import {
  appendMessages,
  changeInList,
  emptyList,
  neighbour,
  neighboursBetween,
  placeAfterRemoval,
  removeFromList,
  replaceMessages,
} from './message-list.ts'

/** Message `a` is the newest. */
const message = (id: string): Message => ({
  id,
  callId: `call-${id}`,
  mailbox: 'home',
  line: 'home',
  callerNumber: null,
  callerName: null,
  receivedAt: `2026-11-23T09:00:${String(60 - id.charCodeAt(0) + 96).padStart(2, '0')}Z`,
  durationMs: 1000,
  state: 'new',
  heardAt: null,
  trashedAt: null,
  cutOff: false,
  note: '',
  pickedUp: null,
  kind: 'message',
})
const listOf = (ids: string, nextCursor: string | null = null) => ({
  messages: ids.split('').filter(Boolean).map(message),
  nextCursor,
})
const idsOf = ({ messages }: { messages: readonly Message[] }) => messages.map(({ id }) => id).join('')

describe('a list read again', () => {
  it('is what the server says', () => {
    expect(replaceMessages(listOf('bd'), null)).toEqual(listOf('bd'))
  })

  it('keeps the open message in its place though it no longer belongs', () => {
    expect(idsOf(replaceMessages(listOf('ac'), message('b')))).toBe('abc')
    expect(idsOf(replaceMessages(listOf('ab'), message('c')))).toBe('abc')
    expect(idsOf(replaceMessages(listOf(''), message('b')))).toBe('b')
  })

  it('shows the open message as it is now', () => {
    const heard = { ...message('b'), state: 'heard' as const }
    expect(replaceMessages(listOf('ac'), heard).messages[1]).toBe(heard)
  })

  it('does not list the open message twice', () => {
    expect(idsOf(replaceMessages(listOf('abc'), message('b')))).toBe('abc')
  })
})

it('appends a page without listing twice what moved down since', () => {
  const list = appendMessages(listOf('abc', 'x'), listOf('cde', 'y'))
  expect(idsOf(list)).toBe('abcde')
  expect(list.nextCursor).toBe('y')
})

it('changes and removes one message and leaves the others', () => {
  const changed = changeInList(listOf('ab'), 'b', { state: 'heard' })
  expect(changed.messages.map(({ state }) => state)).toEqual(['new', 'heard'])
  expect(idsOf(removeFromList(listOf('abc'), 'b'))).toBe('ac')
})

describe('the owner’s place', () => {
  it('steps to the neighbours and stops at the ends', () => {
    expect(neighbour(listOf('abc'), 'b', 1)?.id).toBe('c')
    expect(neighbour(listOf('abc'), 'b', -1)?.id).toBe('a')
    expect(neighbour(listOf('abc'), 'c', 1)?.id).toBe('c')
    expect(neighbour(listOf('abc'), null, 1)?.id).toBe('a')
    expect(neighbour(emptyList, null, 1)).toBeUndefined()
  })

  it('reaches from one message to another, either way', () => {
    expect(neighboursBetween(listOf('abcd'), 'b', 'd')).toEqual(['b', 'c', 'd'])
    expect(neighboursBetween(listOf('abcd'), 'c', 'a')).toEqual(['a', 'b', 'c'])
    expect(neighboursBetween(listOf('abcd'), null, 'c')).toEqual(['c'])
    expect(neighboursBetween(listOf('abcd'), 'x', 'c')).toEqual(['c'])
  })

  it('moves to the next message when its own leaves, or to the one before at the end', () => {
    expect(placeAfterRemoval(listOf('abc'), 'b')).toBe('c')
    expect(placeAfterRemoval(listOf('abc'), 'c')).toBe('b')
    expect(placeAfterRemoval(listOf('a'), 'a')).toBeNull()
  })
})
