import Sqlite from 'better-sqlite3'
import { systemClock } from '../../src/shared/clock.ts'
import { idMaker } from '../../src/shared/ids.ts'
import { systemRandom } from '../../src/shared/random.ts'
import { searchText } from '../../src/store/fold.ts'

/** Puts messages without audio into the database of a machine that has run once, in one transaction. */
export function fillMessages(file: string, messages: number): void {
  using open = new DisposableStack()
  const db = open.adopt(new Sqlite(file), (each) => each.close())
  const makeId = idMaker(systemClock, systemRandom)
  const { id: mailboxId } = db.prepare('select id from mailboxes limit 1').get() as { id: string }
  const { id: lineId } = db.prepare('select id from lines limit 1').get() as { id: string }
  const insert = db.prepare(
    `insert into messages ("id", "callId", "mailboxId", "lineId", "callerNumber", "callerName", "receivedAt",
       "durationMs", "state", "cutOff", "file", "note", "search")
     values (?, ?, ?, ?, ?, ?, ?, 12000, ?, 0, ?, '', ?)`,
  )
  db.transaction(() => {
    for (let i = 0; i < messages; i++) {
      const number = `+4930${String((i * 7919) % 10_000_000).padStart(7, '0')}`
      const state = i % 20 === 0 ? 'new' : 'heard'
      const receivedAt = systemClock.now() - (messages - i) * 600_000
      const search = searchText(number, 'Grace', '')
      insert.run(
        makeId(),
        makeId(),
        mailboxId,
        lineId,
        number,
        'Grace',
        receivedAt,
        state,
        `${i}.wav`,
        search,
      )
    }
  })()
}
