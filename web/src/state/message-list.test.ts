import { describe, expect, it } from 'vitest'
import type { Message, MessagePage } from '../../../src/api/contract.ts'
import {
  appendMessages,
  changeInList,
  countOf,
  emptyList,
  type MessageList,
  messageAt,
  neighbour,
  neighboursBetween,
  placeAfterRemoval,
  placeOf,
  prependMessages,
  removeFromList,
  replaceMessages,
  shiftOf,
  skipBelow,
} from './message-list.ts'

/** Message `a` is the newest. */
const message = (id: string): Message => ({
  id,
  callId: `call-${id}`,
  mailbox: 'home',
  line: 'home',
  callerNumber: null,
  callerName: null,
  callerE164: null,
  callerDisplay: null,
  contact: null,
  receivedAt: `2026-11-23T09:00:${String(60 - id.charCodeAt(0) + 96).padStart(2, '0')}Z`,
  durationMs: 1000,
  state: 'new',
  heardAt: null,
  trashedAt: null,
  cutOff: false,
  note: '',
  pickedUp: null,
  kind: 'message',
  forwardedBy: null,
  junkReason: null,
  transcript: null,
  hit: null,
})
const pageOf = (ids: string, total: number | null = ids.length): MessagePage => ({
  messages: ids.split('').filter(Boolean).map(message),
  nextCursor: total === ids.length ? null : 'more',
  total,
})
const listOf = (ids: string, from = 0, total: number | null = from + ids.length) =>
  replaceMessages(
    { ...pageOf(ids), nextCursor: total === from + ids.length ? null : 'more', total },
    from,
    null,
  )
const places = (list: MessageList) => `${list.from}:${idsOf(list)} of ${countOf(list)}`
const idsOf = ({ messages }: { messages: readonly Message[] }) => messages.map(({ id }) => id).join('')

describe('a list read again', () => {
  it('is what the server says', () => {
    expect(places(replaceMessages(pageOf('bd', 9), 3, null))).toBe('3:bd of 9')
  })

  it('keeps the open message in its place though it no longer belongs', () => {
    expect(idsOf(replaceMessages(pageOf('ac'), 0, message('b')))).toBe('abc')
    expect(idsOf(replaceMessages(pageOf('ab'), 0, message('c')))).toBe('abc')
    expect(idsOf(replaceMessages(pageOf(''), 0, message('b')))).toBe('b')
  })

  it('shows the open message as it is now', () => {
    const heard = { ...message('b'), state: 'heard' as const }
    expect(replaceMessages(pageOf('ac'), 0, heard).messages[1]).toBe(heard)
  })

  it('does not list the open message twice', () => {
    expect(idsOf(replaceMessages(pageOf('abc'), 0, message('b')))).toBe('abc')
  })
})

describe('a run of a long list', () => {
  it('grows at either end, without listing twice what moved since', () => {
    expect(places(appendMessages(listOf('efg', 4, 20), pageOf('ghi', 20)))).toBe('4:efghi of 20')
    expect(places(prependMessages(listOf('efg', 4, 20), pageOf('abcde', 20), 0))).toBe('0:abcdefg of 20')
    expect(places(appendMessages(listOf('efg', 4, null), { ...pageOf('hi'), total: null }))).toBe(
      '4:efghi of 9',
    )
  })

  it('is as long as is known: counted, or one more while there is more', () => {
    expect(countOf(listOf('abc', 5, 100))).toBe(100)
    expect(countOf(listOf('abc', 5, null))).toBe(9)
    expect(countOf(listOf('abc', 5))).toBe(8)
    expect(countOf(emptyList)).toBe(0)
  })

  it('knows its messages by their places in the whole list', () => {
    const list = listOf('abc', 5, 100)
    expect([4, 5, 7, 8].map((place) => messageAt(list, place)?.id)).toEqual([undefined, 'a', 'c', undefined])
    expect([placeOf(list, 'c'), placeOf(list, 'x')]).toEqual([7, -1])
  })

  it('lets go at the other end of what is far away', () => {
    const long = (from: number): MessagePage => ({
      messages: Array.from({ length: 400 }, (_, n) => ({ ...message('a'), id: `m${from + n}` })),
      nextCursor: 'more',
      total: 9000,
    })
    const below = appendMessages(replaceMessages(long(1000), 1000, null), long(1400))
    expect([below.from, below.messages.length, below.messages[0]?.id]).toEqual([1200, 600, 'm1200'])
    const above = prependMessages(replaceMessages(long(1400), 1400, null), long(1000), 1000)
    expect([above.from, above.messages.length, above.messages.at(-1)?.id]).toEqual([1000, 600, 'm1599'])
    expect([above.more, countOf(above), skipBelow(above)]).toEqual([true, 9000, 1600])
  })

  it('counts the kept one beside the others, and reads on behind it', () => {
    const list = replaceMessages(pageOf('ac', 20), 4, message('b'))
    expect(places(list)).toBe('4:abc of 21')
    expect(skipBelow(list)).toBe(6)
    expect(countOf(removeFromList(list, new Set(['b'])))).toBe(20)
  })

  it('says by how much a message has moved', () => {
    expect(shiftOf(listOf('bcd'), listOf('abcd'), 1)).toBe(1)
    expect(shiftOf(listOf('bcd', 7), listOf('cd', 7), 8)).toBe(-1)
    expect(shiftOf(listOf('bcd'), listOf('xyz'), 1)).toBe(0)
  })
})

it('changes and removes one message and leaves the others', () => {
  const changed = changeInList(listOf('ab'), 'b', { state: 'heard' })
  expect(changed.messages.map(({ state }) => state)).toEqual(['new', 'heard'])
  expect(idsOf(removeFromList(listOf('abc'), new Set('b')))).toBe('ac')
})

describe('the owner’s place', () => {
  it('steps to the neighbours and stops at the ends', () => {
    expect(neighbour(listOf('abc'), 'b', 1)?.id).toBe('c')
    expect(neighbour(listOf('abc'), 'b', -1)?.id).toBe('a')
    expect(neighbour(listOf('abc'), 'c', 1)?.id).toBe('c')
    expect(neighbour(listOf('abc'), null, 1)).toBeUndefined()
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
