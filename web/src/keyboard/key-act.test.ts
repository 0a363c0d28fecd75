import { expect, it } from 'vitest'
import { freeKey, type KeyPress, keyAct } from './key-act.ts'

const press = (key: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  on: 'page',
  ...rest,
})

it('knows its keys', () => {
  expect(['j', 'k', ' ', 's', 'u', '/', '?'].map(keyAct)).toEqual([
    'next',
    'previous',
    'play',
    'silence',
    'undo',
    'search',
    'help',
  ])
  expect(keyAct('q')).toBeUndefined()
  expect(keyAct('constructor')).toBeUndefined()
})

it('reads capitals as small letters, and leaves named keys as they are', () => {
  expect(freeKey(press('J'))).toBe('j')
  expect(freeKey(press('Delete'))).toBe('Delete')
})

it('leaves the browser its own shortcuts, and fields their text', () => {
  expect(freeKey(press('x', { ctrlKey: true }))).toBeNull()
  expect(freeKey(press('k', { metaKey: true }))).toBeNull()
  expect(freeKey(press('x', { on: 'field' }))).toBeNull()
})

it('lets the space bar press a button, but play on a message', () => {
  expect(freeKey(press(' ', { on: 'button' }))).toBeNull()
  expect(freeKey(press(' ', { on: 'row' }))).toBe(' ')
  expect(freeKey(press('x', { on: 'button' }))).toBe('x')
})
