import { expect, it } from 'vitest'
import { type KeyPress, keyAct } from './key-act.ts'

const press = (key: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  on: 'page',
  ...rest,
})

it('knows its keys, in capitals too', () => {
  expect(['j', 'k', ' ', 'x', 'u', 'm', '/', '?', 'J'].map((key) => keyAct(press(key)))).toEqual([
    'next',
    'previous',
    'play',
    'out',
    'undo',
    'mark',
    'search',
    'help',
    'next',
  ])
  expect(keyAct(press('q'))).toBeNull()
  expect(keyAct(press('constructor'))).toBeNull()
})

it('leaves the browser its own shortcuts, and fields their text', () => {
  expect(keyAct(press('x', { ctrlKey: true }))).toBeNull()
  expect(keyAct(press('k', { metaKey: true }))).toBeNull()
  expect(keyAct(press('x', { on: 'field' }))).toBeNull()
})

it('lets the space bar press a button, but play on a message', () => {
  expect(keyAct(press(' ', { on: 'button' }))).toBeNull()
  expect(keyAct(press(' ', { on: 'row' }))).toBe('play')
  expect(keyAct(press('x', { on: 'button' }))).toBe('out')
})
