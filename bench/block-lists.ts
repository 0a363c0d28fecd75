import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { carryOut, type ListJob } from '../src/lists/list-job.ts'
import { hasNumber } from '../src/lists/number-set.ts'
import { unpackNumbers } from '../src/lists/pack-numbers.ts'
import { systemClock } from '../src/shared/clock.ts'
import { idMaker } from '../src/shared/ids.ts'
import { silentLog } from '../src/shared/log.ts'
import { systemRandom } from '../src/shared/random.ts'
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts'

/**
 * A block list of a million numbers: what reading it takes (in a thread of its own), what the thread that takes calls does
 * with it, and what a look-up costs. `node --expose-gc bench/block-lists.ts`
 */
const NUMBERS = 1_000_000
const LOOK_UPS = 1_000_000

/** German numbers, spread as they come. */
const numberAt = (index: number): string => `${3_000_000_000 + ((index * 7_919_117) % 6_000_000_000)}`
const international = (index: number) => `+49${numberAt(index)}`
const national = (index: number) => `0${numberAt(index)}`

const job = (text: string): ListJob => ({
  ...{ kind: 'file', country: 'DE', text, url: '', token: null, minVotes: 1, before: null },
  reach: { publicOnly: false, ownPorts: [] },
})
const listOf = (write: (index: number) => string, count: number) =>
  Array.from({ length: count }, (_, index) => write(index)).join('\n')
const tools = { now: 0, fetch: () => Promise.reject(new Error('a file is not fetched')) }

async function time<Value>(name: string, run: () => Value | Promise<Value>): Promise<Value> {
  const begun = performance.now()
  const value = await run()
  console.log(`${name.padEnd(64)} ${(performance.now() - begun).toFixed(1).padStart(9)} ms`)
  return value
}

const kept = () => {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const plain = listOf(international, NUMBERS)
const outcome = await time('reading a million numbers as services write them', () =>
  carryOut(job(plain), tools),
)
if (outcome.kind !== 'read' || !outcome.packed) throw new Error('it was not read')
const { packed } = outcome
await time('reading a hundred thousand national ones', () => carryOut(job(listOf(national, 100_000)), tools))
console.log(`${outcome.count} numbers, ${packed.length} bytes in the database`)

const folder = mkdtempSync(join(tmpdir(), 'answerphone-bench-'))
const makeId = idMaker(systemClock, systemRandom)
const file = join(folder, 'answerphone.db')
const store = await openSqliteStore({ file, clock: systemClock, makeId, log: silentLog })
const { id } = await store.numberLists.add({
  ...{ name: 'million', kind: 'file', url: null, token: null, country: null, minVotes: 1 },
  ...{ everyHours: 24, createdAt: 0, nextAt: null },
})
for (let round = 0; round < 3; round++) {
  await time('writing it into SQLite', () => store.numberLists.noted(id, { revision: round }, packed))
  await time('the list of lists', () => store.numberLists.list())
  const bytes = await time('reading it from SQLite', () => store.numberLists.numbers(id))
  await time('unpacking it', () => unpackNumbers(bytes ?? new Uint8Array()))
}
await store.close()
rmSync(folder, { recursive: true })

const before = kept()
const numbers = unpackNumbers(packed)
console.log(`${((kept() - before) / 1e6).toFixed(1)} MB kept in memory`)
let found = 0
const begun = performance.now()
for (let index = 0; index < LOOK_UPS; index++) {
  // Every other one is on no list.
  const e164 = index % 2 === 0 ? international(index) : `+43${numberAt(index)}`
  if (hasNumber(numbers, e164, e164)) found++
}
const took = performance.now() - begun
console.log(`${((took / LOOK_UPS) * 1000).toFixed(2)} µs a look-up, with making the number (${found} found)`)
