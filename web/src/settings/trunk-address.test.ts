import { expect, it } from 'vitest'
import { countAddresses, explainAddress, isTestOnly } from './trunk-address.ts'

it.each([
  ['', 'empty'],
  ['127.0.0.1', 'self'],
  ['127.0.0.0/8', 'self'],
  ['::1/128', 'self'],
  ['192.168.1.20', 'home'],
  ['172.16.0.1', 'home'],
  ['fd00::7', 'home'],
  ['fe80::1', 'home'],
  ['172.32.0.1', 'one'],
  ['192.0.2.7', 'one'],
  [' 192.0.2.7/32 ', 'one'],
  ['2001:db8::7', 'one'],
  ['0.0.0.0/0', 'everyone'],
  ['::/0', 'everyone'],
  ['sip.example.org', 'name'],
  ['sip:sip.example.org', 'name'],
  ['300.1.1.1', 'wrong'],
  ['192.0.2.7/33', 'wrong'],
  ['192.0.2.7/x', 'wrong'],
  ['192.0.2.0/24/8', 'wrong'],
  ['192.0.2', 'wrong'],
  ['2001:db8::/129', 'wrong'],
  ['hello', 'wrong'],
])('reads "%s" as %s', (text, kind) => {
  expect(explainAddress(text).kind).toBe(kind)
})

it('counts a block', () => {
  expect(explainAddress('192.0.2.0/24')).toEqual({ kind: 'many', bits: 8 })
  expect(explainAddress('10.0.0.0/8')).toEqual({ kind: 'many', bits: 24 })
  expect(countAddresses(8, 'en')).toBe('256')
  expect(countAddresses(16, 'de')).toBe('65.536')
  expect(countAddresses(96, 'en')).toBe('7.9E28')
})

it('knows a line that only takes test calls', () => {
  expect(isTestOnly(['127.0.0.0/8', '::1/128'])).toBe(true)
  expect(isTestOnly(['127.0.0.0/8', '192.0.2.7'])).toBe(false)
})
