import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { createNonces } from './nonces.ts'

const HOME = '192.0.2.1'
const LIVE_MS = 5 * 60_000

function book(mostUsed?: number) {
  const clock = fakeClock()
  const nonces = createNonces({ clock, random: seededRandom(3), mostUsed })
  /** Uses a nonce from HOME as a phone would. */
  const use = (text: string, count: number) => {
    const own = nonces.recognise(text, HOME)
    return own && nonces.use(own, count)
  }
  return { clock, nonces, use }
}

it('are each their own, even in the same millisecond', () => {
  const { nonces } = book()
  expect(nonces.make(HOME)).not.toBe(nonces.make(HOME))
})

it('RFC 7616 §5.4: are bound to the address, to their maker, and to every bit of them', () => {
  const { nonces } = book()
  const text = nonces.make(HOME)
  expect(nonces.recognise(text, HOME)).toMatchObject({ text })
  expect(nonces.recognise(text, '192.0.2.2')).toBeUndefined()
  const stranger = createNonces({ clock: fakeClock(), random: seededRandom(4) })
  expect(stranger.recognise(text, HOME)).toBeUndefined()
  for (let at = 0; at < text.length; at++) {
    const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
    expect(nonces.recognise(changed, HOME)).toBeUndefined()
  }
  for (const other of ['', 'x', `${text}A`, `${text}=`, ` ${text}`, text.slice(1), 'é'.repeat(38)])
    expect(nonces.recognise(other, HOME)).toBeUndefined()
})

it('RFC 7616 §3.4.5: may be used again with a higher count only', () => {
  const { nonces, use } = book()
  const text = nonces.make(HOME)
  expect([1, 1, 2, 5, 4, 5, 6].map((count) => use(text, count))).toEqual([
    true,
    false,
    true,
    true,
    false,
    false,
    true,
  ])
  expect(use(nonces.make(HOME), 0)).toBe(false)
  expect(use(nonces.make(HOME), Number.NaN)).toBe(false)
})

it('live for five minutes', () => {
  const { clock, nonces, use } = book()
  const text = nonces.make(HOME)
  clock.advance(LIVE_MS)
  expect(use(text, 1)).toBe(true)
  clock.advance(1)
  expect(use(text, 2)).toBe(false)
  expect(use(nonces.make(HOME), 1)).toBe(true)
})

it('are remembered up to a limit; one that was forgotten can not be used again', () => {
  const { clock, nonces, use } = book(3)
  const texts = [1, 2, 3, 4, 5].map(() => {
    clock.advance(10)
    return nonces.make(HOME)
  })
  const unused = nonces.make(HOME)
  for (const text of texts) expect(use(text, 1)).toBe(true)
  // The first two had to go.
  expect(texts.map((text) => use(text, 1))).toEqual([false, false, false, false, false])
  expect(texts.map((text) => use(text, 2))).toEqual([false, false, true, true, true])
  expect(use(unused, 1)).toBe(true)
  expect(use(texts[2] ?? '', 3)).toBe(false)
})

it('those that have run out make room without harm to others', () => {
  const { clock, nonces, use } = book(2)
  expect(use(nonces.make(HOME), 1)).toBe(true)
  expect(use(nonces.make(HOME), 1)).toBe(true)
  const waiting = nonces.make(HOME)
  clock.advance(LIVE_MS)
  const late = nonces.make(HOME)
  clock.advance(1)
  expect(use(late, 1)).toBe(true)
  expect(use(waiting, 1)).toBe(false)
  expect(use(nonces.make(HOME), 1)).toBe(true)
  expect(use(late, 2)).toBe(true)
})
