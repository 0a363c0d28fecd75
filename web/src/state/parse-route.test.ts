import { expect, it } from 'vitest'
import { callerHash, parseRoute, settingsHash } from './parse-route.ts'

it('reads where the address points', () => {
  expect(parseRoute('')).toEqual({ view: 'messages' })
  expect(parseRoute('#/messages')).toEqual({ view: 'messages' })
  expect(parseRoute('#/calls')).toEqual({ view: 'calls' })
  expect(parseRoute(callerHash('+49 30/1'))).toEqual({ view: 'callers', key: '+49 30/1' })
  expect(parseRoute('#/phone')).toEqual({ view: 'phone', number: null })
  expect(parseRoute('#/kitchen')).toEqual({ view: 'kitchen' })
  expect(parseRoute('#/welcome')).toEqual({ view: 'welcome' })
  expect(parseRoute('#/nowhere')).toEqual({ view: 'messages' })
})

it('takes the token out of the one-time link', () => {
  expect(parseRoute('#setup=a-b_c')).toEqual({ view: 'setup', token: 'a-b_c' })
  expect(parseRoute('#setup=a%2Bb')).toEqual({ view: 'setup', token: 'a+b' })
  expect(parseRoute('#setup=%zz')).toEqual({ view: 'setup', token: '%zz' })
  expect(parseRoute('#setup=')).toEqual({ view: 'messages' })
})

it('takes the number out of a telephone link, as browsers give it to a page that handles them', () => {
  expect(parseRoute('#/phone/')).toEqual({ view: 'phone', number: null })
  expect(parseRoute('#/phone/tel%3A%2B49-30-123%3Bext%3D5')).toEqual({ view: 'phone', number: '+49-30-123' })
  expect(parseRoute('#/phone/tel:620')).toEqual({ view: 'phone', number: '620' })
})

it('finds its way in the settings', () => {
  for (const hash of ['#/settings', '#/settings/'])
    expect(parseRoute(hash)).toEqual({ view: 'settings', section: null, item: null })
  expect(parseRoute('#/settings/lines')).toEqual({ view: 'settings', section: 'lines', item: null })
  expect(parseRoute('#/settings/nowhere/x')).toEqual({ view: 'settings', section: null, item: null })
  for (const item of ['new', '0190-abc', 'a/b %'])
    expect(parseRoute(settingsHash('phones', item))).toEqual({ view: 'settings', section: 'phones', item })
  expect(settingsHash()).toBe('#/settings')
})
