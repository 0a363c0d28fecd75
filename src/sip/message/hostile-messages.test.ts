import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { receiveMessage } from '../../../test/fuzz/targets/sip-message.ts'
import { leastCpuMs } from '../../../test/helpers/least-cpu-ms.ts'
import { readTable } from '../../../test/helpers/torture.ts'

const folder = new URL('../../../test/torture/', import.meta.url)
const seeds = readTable(new URL('expectations.tsv', folder))
  .map(({ file = '' }) => readFileSync(new URL(file, folder)))
  .filter((bytes) => bytes.length > 0 && bytes.length < 2000)

const change = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    at: fc.nat(),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 6 }) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(),
    bytes: fc
      .constantFrom('\r\n', ';', ',', '"', '<', '>', '\\', '%', ':', ' ', '\0', '@', '[')
      .map((text) => Buffer.from(text)),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 40 }) }),
)

function mutate(seed: Buffer, { kind, at, bytes }: { kind: string; at: number; bytes: Uint8Array }): Buffer {
  const place = at % (seed.length + 1)
  const skipped = kind === 'insert' ? 0 : bytes.length
  return Buffer.concat(
    [seed.subarray(0, place), kind === 'cut' ? '' : bytes, seed.subarray(place + skipped)].map((part) =>
      Buffer.from(part),
    ),
  )
}

describe('hostile messages', () => {
  test('changed messages never throw, and every response can be read', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        (seed, changes) => {
          receiveMessage(changes.reduce(mutate, seed))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        receiveMessage(Buffer.from(bytes))
        receiveMessage(Buffer.concat([Buffer.from('INVITE sip:a@b SIP/2.0\r\n'), bytes]))
      }),
      { numRuns: 500 },
    )
  })

  const KILO = 1000
  test.for([
    ['10,000 headers', 'X: y\r\n'.repeat(10 * KILO)],
    ['10,000 headers without a colon', 'xyz\r\n'.repeat(10 * KILO)],
    ['a line of 64 kB', `Subject: ${'a'.repeat(64 * KILO)}\r\n`],
    ['a name of 64 kB', `${'a'.repeat(64 * KILO)}: b\r\n`],
    ['spaces', `From: ${' '.repeat(64 * KILO)}x\r\n`],
    ['20,000 folds', `To: a${'\r\n b'.repeat(20 * KILO)}\r\n`],
    ['folds of nothing', `To: a${'\r\n '.repeat(20 * KILO)}b\r\n`],
    ['carriage returns', `To: ${'\r'.repeat(64 * KILO)}\r\n`],
    ['NULs', `To: ${'\\\0'.repeat(30 * KILO)}\r\n`],
    ['2,000 Via values', `Via: ${'SIP/2.0/UDP a;branch=b,'.repeat(2 * KILO)}\r\n`],
    ['500 Via lines', 'v: SIP/2.0/UDP a;branch=b\r\n'.repeat(500)],
    ['commas', `Contact: ${','.repeat(64 * KILO)}\r\n`],
    ['contacts', `Contact: ${'<sip:a@b>,'.repeat(6 * KILO)}\r\n`],
    ['open quotes', `Contact: ${'"'.repeat(64 * KILO + 1)}\r\n`],
    ['backslashes', `From: "${'\\'.repeat(64 * KILO)}\r\n`],
    ['open brackets', `Contact: ${'<'.repeat(64 * KILO)}\r\n`],
    ['parameters', `Contact: <sip:a@b>${';a=b'.repeat(16 * KILO)}\r\n`],
    ['escapes', `From: <sip:${'%41'.repeat(20 * KILO)}@b>\r\n`],
    ['digits', `CSeq: ${'9'.repeat(64 * KILO)} INVITE\r\nExpires: ${'9'.repeat(KILO)}\r\n`],
  ])('a bomb of %s takes no time', async ([, headers = '']) => {
    const bytes = Buffer.from(`INVITE sip:a@b SIP/2.0\r\n${headers}\r\n`.slice(0, 65_535))
    // A quadratic reader takes seconds for these.
    expect(await leastCpuMs(150, () => receiveMessage(bytes))).toBeLessThan(150)
  })
})
