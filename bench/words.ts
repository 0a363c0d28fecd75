import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Client } from 'pg'
import { systemClock } from '../src/shared/clock.ts'
import { idMaker } from '../src/shared/ids.ts'
import { silentLog } from '../src/shared/log.ts'
import { systemRandom } from '../src/shared/random.ts'
import { searchText } from '../src/store/fold.ts'
import type { MessageQuery } from '../src/store/model.ts'
import { openPostgresStore } from '../src/store/postgres/open-postgres-store.ts'
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts'
import type { Store } from '../src/store/store.ts'
import { wordText } from '../src/store/words.ts'
import { postgresPrograms, startPostgres } from '../test/helpers/postgres.ts'
import { makeTexts } from './words/make-texts.ts'

/**
 * Search over 100,000 generated transcripts of 60 words, on SQLite and, where it is installed, on PostgreSQL: what a page
 * of hits takes, however rare or common the words are. `node bench/words.ts`
 */
const MESSAGES = 100_000
const START = Date.UTC(2024, 0, 1)
const SPACING_MS = 600_000
const ROWS_AT_ONCE = 1000

const texts = makeTexts()
const makeId = idMaker(systemClock, systemRandom)

/** The columns of the index-th message, as both databases take them. */
function rowAt(index: number, mailboxId: string) {
  const callerNumber = `+4930${String((index * 7919) % 10_000_000).padStart(7, '0')}`
  const callerName = `Silva ${(index * 31) % 997}`
  return {
    ...{ id: makeId(), callId: makeId(), mailboxId, lineId: 'line', callerNumber, callerName },
    ...{ receivedAt: START + index * SPACING_MS, durationMs: 25_000, cutOff: 0, file: `${index}.wav` },
    ...{ state: index % 20 === 0 ? 'new' : 'heard', note: '', kind: 'message' },
    search: searchText(callerNumber, callerName),
    words: wordText(callerName, texts.at(index)),
  }
}
type Row = ReturnType<typeof rowAt>
const COLUMNS = Object.keys(rowAt(0, '')) as (keyof Row)[]
const quoted = COLUMNS.map((name) => `"${name}"`).join(', ')

function seedSqlite(file: string, mailboxId: string): void {
  const db = new Sqlite(file)
  const insert = db.prepare(`insert into messages (${quoted}) values (${COLUMNS.map((name) => `@${name}`)})`)
  // As the store does it: the words come later, and a trigger puts them into the index.
  const say = db.prepare('update messages set words = ? where id = ?')
  db.transaction(() => {
    for (let index = 0; index < MESSAGES; index++) {
      const row = rowAt(index, mailboxId)
      insert.run({ ...row, words: '' })
      say.run(row.words, row.id)
    }
  })()
  db.close()
}

async function seedPostgres(url: string, mailboxId: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  for (let from = 0; from < MESSAGES; from += ROWS_AT_ONCE) {
    const rows = Array.from({ length: ROWS_AT_ONCE }, (_, offset) => rowAt(from + offset, mailboxId))
    await client.query(
      `insert into messages (${quoted}) select ${quoted} from json_populate_recordset(null::messages, $1)`,
      [JSON.stringify(rows)],
    )
  }
  await client.query('vacuum analyze messages')
  await client.end()
}

async function time(name: string, run: (index: number) => Promise<number>): Promise<void> {
  const took: number[] = []
  let hits = 0
  for (let index = 0; index < 33; index++) {
    const begun = performance.now()
    hits = await run(index)
    if (index >= 3) took.push(performance.now() - begun)
  }
  took.sort((a, b) => a - b)
  const at = (part: number) => (took[Math.floor(took.length * part)] ?? 0).toFixed(1).padStart(6)
  console.log(`${name.padEnd(46)} median ${at(0.5)} ms   worst ${at(0.999)} ms   ${hits} on the page`)
}

async function timeSearch(store: Store): Promise<void> {
  const page = async (q: string, query: Partial<MessageQuery> = {}) =>
    (await store.messages.list({ limit: 50, q, ...query })).rows.length
  const { common, middling, rare } = texts
  await time('a word that 1 in 2 has', () => page(common[0]))
  await time('a word that 1 in 100 has', () => page(middling[0]))
  await time('a word that few have', (index) => page(rare(index)))
  await time('a word that one message has, the oldest', () => page('plumber'))
  await time('nobody said it', () => page('zebra'))
  await time('two common words', () => page(`${common[0]} ${common[1]}`))
  await time('five common words', () => page(common.slice(0, 5).join(' ')))
  await time('two middling words', () => page(`${middling[0]} ${middling[1]}`))
  await time('a common and a rare word', (index) => page(`${common[0]} ${rare(index)}`))
  await time('two rare words, which never meet', (index) => page(`${rare(index)} ${rare(index + 1)}`))
  await time('one letter', () => page('b'))
  await time('two letters that begin few words', () => page(rare(7).slice(0, 2)))
  await time('three letters of a rare word', (index) => page(rare(index).slice(0, 3)))
  await time('a name and a rare word', (index) => page(`silva ${rare(index)}`))
  await time('a middling word in a month long ago', () =>
    page(middling[0], { receivedFrom: START, receivedBefore: START + 30 * 86_400_000 }),
  )
  await time('a rare word in the trash', (index) => page(rare(index), { states: ['trash'] }))
}

const addMailbox = (store: Store) =>
  store.mailboxes.add({
    ...{ name: 'home', greetingId: null, longestSeconds: 180, shortestSeconds: 2, silenceSeconds: 0 },
    afterPickUp: 'keep',
  })

async function onSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'answerphone-bench-'))
  const file = join(folder, 'answerphone.db')
  const store = await openSqliteStore({ file, clock: systemClock, makeId, log: silentLog })
  try {
    const begun = performance.now()
    seedSqlite(file, (await addMailbox(store)).id)
    console.log(
      `SQLite: ${MESSAGES} transcripts, ${Math.round(((performance.now() - begun) * 1000) / MESSAGES)} µs each`,
    )
    // The index of parts of names catches up behind the first search.
    await store.messages.list({ q: 'anything', limit: 1 })
    const db = new Sqlite(file, { readonly: true })
    const rows = db.prepare<[], number>('select count(*) from messages_search_docsize').pluck()
    while ((rows.get() ?? 0) < MESSAGES) await new Promise((later) => setTimeout(later, 50))
    db.close()
    await timeSearch(store)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

async function onPostgres(): Promise<void> {
  const programs = postgresPrograms()
  if (programs === undefined) return console.log('PostgreSQL: not installed here')
  await using server = await startPostgres(programs)
  const store = await openPostgresStore({ url: server.url, clock: systemClock, makeId, log: silentLog })
  try {
    await seedPostgres(server.url, (await addMailbox(store)).id)
    console.log(`PostgreSQL: ${MESSAGES} transcripts`)
    await timeSearch(store)
  } finally {
    await store.close()
  }
}

await onSqlite()
await onPostgres()
