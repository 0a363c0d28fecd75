import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { silentLog } from '../../shared/log.ts'
import { covers, lifeOf } from './certificate.ts'
import { openGeneratedCertificate } from './generated-certificate.ts'

const DAY_MS = 24 * 3600_000
let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'answerphone-tls-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const open = (addresses: () => string[] = () => ['192.0.2.7'], clock = fakeClock()) =>
  openGeneratedCertificate({ dir, names: ['phone.example.org'], addresses, clock, log: silentLog })

it('names the machine by each name and address, signed by its own root', async () => {
  using source = await open(() => ['192.0.2.7', '2001:db8::7'])
  expect(covers(source.current, ['localhost', 'phone.example.org', '192.0.2.7', '2001:db8::7'])).toBe(true)
  expect(covers(source.current, ['other.example.org'])).toBe(false)
  const root = new X509Certificate(source.root ?? '')
  const leaf = new X509Certificate(source.current.cert)
  expect(leaf.verify(root.publicKey)).toBe(true)
  expect([root.ca, leaf.ca]).toEqual([true, false])
  // What browsers take at most.
  const { from, to } = lifeOf(source.current)
  expect((to - from) / DAY_MS).toBeLessThanOrEqual(398)
})

it('stays the same over a restart, for the owner’s eyes only', async () => {
  const clock = fakeClock()
  using first = await open(undefined, clock)
  using second = await open(undefined, clock)
  expect(second.root).toBe(first.root)
  expect(second.current).toEqual(first.current)
  expect(statSync(join(dir, 'root.json')).mode & 0o077).toBe(0)
  expect(statSync(join(dir, 'certificate.json')).mode & 0o077).toBe(0)
})

it.each([
  ['a new address', DAY_MS, '192.0.2.8'],
  ['old age', 300 * DAY_MS, '192.0.2.7'],
])('brings a new certificate under the same root: %s', async (_why, afterMs, address) => {
  const clock = fakeClock()
  let now = '192.0.2.7'
  using source = await open(() => [now], clock)
  const { current, root } = source
  const replaced = new Promise<string>((resolve) => {
    source.onReplaced = ({ cert }) => resolve(cert)
  })
  now = address
  clock.advance(afterMs)
  const next = await replaced
  expect(next).not.toBe(current.cert)
  expect(covers(source.current, [address])).toBe(true)
  expect(source.root).toBe(root)
})
