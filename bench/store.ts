import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { systemClock } from '../src/shared/clock.ts'
import { idMaker } from '../src/shared/ids.ts'
import { silentLog } from '../src/shared/log.ts'
import { systemRandom } from '../src/shared/random.ts'
import { searchText } from '../src/store/fold.ts'
import type { Message, MessageQuery } from '../src/store/model.ts'
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts'
import type { Store } from '../src/store/store.ts'

/**
 * The store on SQLite with 100,000 messages: what a page and a search take, beside a bare prepared statement that
 * reads a page; and what a call costs in writes, beside a bare insert of the same row. `node bench/store.ts`
 */
const MESSAGES = 100_000
const CALLS = 2_000
const SURNAMES = ['Okafor', 'Lindqvist', 'Müller', 'Haddad', 'Nguyen', 'Kowalska', 'Silva', 'Yamada']
const START = Date.UTC(2024, 0, 1)
const SPACING_MS = 600_000

const makeId = idMaker(systemClock, systemRandom)
const folder = mkdtempSync(join(tmpdir(), 'answerphone-bench-'))
const file = join(folder, 'answerphone.db')

function messageAt(index: number, mailboxId: string): Message {
  return {
    id: makeId(),
    callId: makeId(),
    mailboxId,
    lineId: 'line',
    callerNumber: `+4930${String((index * 7919) % 10_000_000).padStart(7, '0')}`,
    callerE164: null,
    callerName: `${SURNAMES[index % SURNAMES.length]} ${(index * 31) % 997}`,
    receivedAt: START + index * SPACING_MS,
    durationMs: 12_000,
    state: index % 20 === 0 ? 'new' : 'heard',
    stateBeforeTrash: null,
    trashedAt: null,
    heardAt: null,
    cutOff: false,
    file: `${index}.wav`,
    note: index === 77 ? 'the plumber, about seven o’clock' : '',
    pickedUp: null,
    kind: 'message',
    forwardedBy: null,
    junkReason: null,
  }
}

/** Fills the table in one transaction; the store itself commits each message. */
function seed(mailboxId: string): void {
  const db = new Sqlite(file)
  const columns = [...Object.keys(messageAt(0, mailboxId)), 'search']
  const insert = db.prepare(
    `insert into messages (${columns.map((name) => `"${name}"`)}) values (${columns.map((name) => `@${name}`)})`,
  )
  db.transaction(() => {
    for (let index = 0; index < MESSAGES; index++) {
      const message = messageAt(index, mailboxId)
      const search = searchText(message.callerNumber, message.callerName, message.note)
      insert.run({ ...message, cutOff: 0, search })
    }
  })()
  db.close()
}

/** Has the store take the seeded rows into its search index, and waits for it. */
async function indexed(store: Store): Promise<void> {
  await store.messages.list({ q: 'anything', limit: 1 })
  const db = new Sqlite(file, { readonly: true })
  const rows = db.prepare<[], number>('select count(*) from messages_search_docsize').pluck()
  while ((rows.get() ?? 0) < MESSAGES) await new Promise((later) => setTimeout(later, 50))
  db.close()
}

async function time(name: string, runs: number, run: (index: number) => unknown): Promise<void> {
  for (let warm = 0; warm < 3; warm++) await run(warm)
  const took: number[] = []
  for (let index = 3; index < runs + 3; index++) {
    const begun = performance.now()
    await run(index)
    took.push(performance.now() - begun)
  }
  took.sort((a, b) => a - b)
  const at = (part: number) => (took[Math.floor(took.length * part)] ?? 0).toFixed(3).padStart(8)
  console.log(`${name.padEnd(52)} median ${at(0.5)} ms   p95 ${at(0.95)} ms`)
}

/** CPU of this process per run, in µs: what the main thread has to give, whatever the disk does meanwhile. */
async function cpu(name: string, runs: number, run: (index: number) => unknown): Promise<void> {
  const before = process.cpuUsage()
  for (let index = 0; index < runs; index++) await run(index)
  const { user, system } = process.cpuUsage(before)
  console.log(`${name.padEnd(52)} ${((user + system) / runs).toFixed(1).padStart(8)} µs CPU`)
}

async function timeReads(store: Store, mailboxId: string): Promise<void> {
  const list = (query: Partial<MessageQuery>) => store.messages.list({ limit: 50, ...query })
  const bare = new Sqlite(file, { readonly: true })
  const page = bare.prepare(
    `select * from messages where state = 'heard' order by "receivedAt" desc, id desc limit 50`,
  )
  await time('floor: a bare statement, one page', 50, () => page.all())
  bare.close()

  let cursor: string | null = null
  await time('first page', 50, () => list({}))
  await time('paging on and on', 200, async () => {
    cursor = (await list(cursor === null ? {} : { cursor })).nextCursor
  })
  await time('one mailbox, new ones only', 50, () => list({ mailboxId, states: ['new'] }))
  await time('a day, a year ago', 50, () =>
    list({ receivedFrom: START + 1e10, receivedBefore: START + 1e10 + 86_400_000 }),
  )
  await time('search: one number in full', 50, (index) =>
    list({ q: messageAt(index, '').callerNumber ?? '' }),
  )
  await time('search: a name that 1 in 1,000 has', 50, (index) => list({ q: `silva ${index * 2}` }))
  await time('search: a name that 1 in 8 has', 50, () => list({ q: 'muller' }))
  await time('search: what all have', 50, () => list({ q: '+4930' }))
  await time('search: a word of the oldest note', 50, () => list({ q: 'plumber' }))
  await time('search: nobody has it', 50, () => list({ q: 'zebra' }))
  await time('search: two letters that nobody has', 50, () => list({ q: 'qx' }))
  await time('search: a name and a month', 50, () =>
    list({ q: 'haddad', receivedFrom: START, receivedBefore: START + 30 * 86_400_000 }),
  )
  await time('counts', 200, () => store.messages.counts())
}

async function timeWrites(store: Store, mailboxId: string): Promise<void> {
  const bare = new Sqlite(join(folder, 'floor.db'))
  bare.pragma('journal_mode = WAL')
  bare.pragma('synchronous = NORMAL')
  bare.exec('create table floor (id text primary key, a text, b text, c integer) strict')
  const insert = bare.prepare('insert into floor values (?, ?, ?, ?)')
  await cpu('floor: a bare insert and commit', CALLS, () => insert.run(makeId(), 'line', '+49301', 1))
  bare.close()

  const calls = Array.from({ length: CALLS }, (_, index) => messageAt(index, mailboxId))
  await cpu('calls.add', CALLS, (index) => {
    const { callId: id, lineId, callerNumber, callerName, receivedAt: arrivedAt } = calls[index] as Message
    const open = {
      answeredAt: null,
      endedAt: null,
      outcome: null,
      messageId: null,
      callerE164: null,
      attestation: null,
      said: [],
    }
    return store.calls.add({ id, lineId, callerNumber, callerName, arrivedAt, ...open })
  })
  await cpu('messages.add', CALLS, (index) => store.messages.add(calls[index] as Message))
  await cpu('calls.end', CALLS, (index) => {
    const { callId, id, receivedAt } = calls[index] as Message
    const end = { answeredAt: receivedAt, endedAt: receivedAt, outcome: 'message', messageId: id } as const
    return store.calls.end(callId, end)
  })
  await time('flush (fdatasync in the thread pool)', 50, async (index) => {
    await store.settings.set('bench', String(index))
    await store.flush()
  })
}

const store = await openSqliteStore({ file, clock: systemClock, makeId, log: silentLog })
try {
  const { id } = await store.mailboxes.add({
    name: 'home',
    greetingId: null,
    longestSeconds: 180,
    shortestSeconds: 2,
    silenceSeconds: 0,
    afterPickUp: 'keep',
  })
  seed(id)
  await indexed(store)
  console.log(`${MESSAGES} messages`)
  await timeReads(store, id)
  await timeWrites(store, id)
} finally {
  await store.close()
  rmSync(folder, { recursive: true })
}
