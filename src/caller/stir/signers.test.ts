import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { silentLog } from '../../shared/log.ts'
import type { Fetched } from './fetch-certificate.ts'
import type { Signer } from './signer.ts'
import { keepSigners } from './signers.ts'

const SIGNER = { notBefore: 0 } as Signer

/** A shelf whose fetches the test answers. */
function openShelf() {
  const clock = fakeClock()
  const asked: { url: string; answer: PromiseWithResolvers<Fetched> }[] = []
  const signerAt = keepSigners({
    fetch(url) {
      const answer = Promise.withResolvers<Fetched>()
      asked.push({ url, answer })
      return answer.promise
    },
    find: async (pem) => (pem === 'good' ? SIGNER : undefined),
    clock,
    log: silentLog,
  })
  const answer = (at: number, pem = 'good', keepMs = 60_000) => asked[at]?.answer.resolve({ pem, keepMs })
  return { clock, asked, signerAt, answer }
}

it('fetches once for all that ask at the same time, and again when it may be kept no longer', async () => {
  const { clock, asked, signerAt, answer } = openShelf()
  const both = Promise.all([signerAt('a'), signerAt('a')])
  answer(0)
  expect(await both).toEqual([SIGNER, SIGNER])
  await clock.advance(59_999)
  expect(await signerAt('a')).toBe(SIGNER)
  expect(asked).toHaveLength(1)
  await clock.advance(1)
  const again = signerAt('a')
  answer(1)
  expect(await again).toBe(SIGNER)
})

it('remembers for a while what can not be had, and whom nobody vouches for', async () => {
  const { clock, asked, signerAt, answer } = openShelf()
  const failing = signerAt('a')
  asked[0]?.answer.reject(new Error('gone'))
  expect(await failing).toBeUndefined()
  expect(await signerAt('a')).toBeUndefined()
  const unknown = signerAt('b')
  answer(1, 'bad')
  expect(await unknown).toBeUndefined()
  expect(asked).toHaveLength(2)
  await clock.advance(30_000)
  const again = signerAt('a')
  answer(2)
  expect(await again).toBe(SIGNER)
})

it('fetches eight at once and sixty in a minute, however many callers name', async () => {
  const { clock, asked, signerAt, answer } = openShelf()
  const first = Array.from({ length: 20 }, (_, at) => signerAt(`first ${at}`))
  expect(asked).toHaveLength(8)
  for (const at of asked.keys()) answer(at)
  await Promise.all(first)
  for (let at = 0; at < 100; at++) {
    const one = signerAt(`then ${at}`)
    answer(asked.length - 1)
    await one
  }
  expect(asked).toHaveLength(60)
  await clock.advance(60_000)
  void signerAt('later')
  expect(asked).toHaveLength(61)
})
