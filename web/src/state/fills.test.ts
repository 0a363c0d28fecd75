import { afterEach, expect, it, vi } from 'vitest'
import type { Fill } from '../../../src/api/contract.ts'
import { fills, refreshFills } from './fills.ts'

const FULL: readonly Fill[] = [{ mailbox: 'home', level: 'full', percent: 100 }]

afterEach(() => vi.unstubAllGlobals())

it('stays as it was where the machine is out of reach', async () => {
  fills.value = FULL
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')))
  await refreshFills()
  expect(fills.value).toBe(FULL)
})

it('is what an event said that came while it was asked', async () => {
  fills.value = []
  vi.stubGlobal('fetch', async () => {
    fills.value = FULL
    return Response.json([])
  })
  await refreshFills()
  expect(fills.value).toBe(FULL)
})
