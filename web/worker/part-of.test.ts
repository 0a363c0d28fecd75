import { expect, it } from 'vitest'
import { partOf } from './part-of.ts'

const whole = () => new Response('0123456789', { headers: { 'content-type': 'audio/wav' } })

it.each([
  ['bytes=0-', 'bytes 0-9/10', '0123456789'],
  ['bytes=2-4', 'bytes 2-4/10', '234'],
  ['bytes=8-99', 'bytes 8-9/10', '89'],
  ['bytes=-3', 'bytes 7-9/10', '789'],
  ['bytes=-99', 'bytes 0-9/10', '0123456789'],
])('gives the part %s (RFC 9110 §14.1.2)', async (range, contentRange, text) => {
  const part = await partOf(whole(), range)
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe(contentRange)
  expect(part.headers.get('content-length')).toBe(String(text.length))
  expect(part.headers.get('content-type')).toBe('audio/wav')
  expect(await part.text()).toBe(text)
})

it.each(['bytes=10-', 'bytes=5-2'])('has no part %s (RFC 9110 §15.5.17)', async (range) => {
  const part = await partOf(whole(), range)
  expect([part.status, part.headers.get('content-range')]).toEqual([416, 'bytes */10'])
})

it.each([null, 'bytes=-', 'bytes=0-1,4-5', 'lines=1-2'])('gives the whole for %s', async (range) => {
  const part = await partOf(whole(), range)
  expect([part.status, await part.text()]).toEqual([200, '0123456789'])
})
