import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createMailboxes } from '../../src/mailbox/create-mailboxes.ts'
import type { Mailboxes } from '../../src/mailbox/mailbox.ts'
import type { RecordedTake } from '../../src/media/recorder/recorder.ts'
import { idMaker } from '../../src/shared/ids.ts'
import { silentLog } from '../../src/shared/log.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import type { Store } from '../../src/store/store.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { seededRandom } from './seeded-random.ts'

/** A journal that has takes until it may forget them, and saves them when it is told to. */
export interface FakeJournal {
  /** Takes that it still has. */
  readonly takes: ReadonlyMap<string, RecordedTake>
  record(take: RecordedTake): void
  /** Writes the WAV files of all takes. */
  save(): void
  whenSaved(takeId: string): Promise<void>
  releaseTake(takeId: string): void
}

export interface MailboxFixture {
  readonly folder: string
  readonly clock: FakeClock
  readonly journal: FakeJournal
  readonly store: Store
  readonly mailboxes: Mailboxes
  take(id: string, change?: Partial<RecordedTake>): RecordedTake
  /** WAV files in the recordings folder. */
  files(): string[]
  /** Mailboxes over a store that is made to fail, or over one after a restart. */
  over(
    store: Pick<Store, 'messages' | 'mailboxes' | 'calls' | 'traces' | 'audit' | 'settings' | 'flush'>,
  ): Mailboxes
  close(): Promise<void>
}

/** Mailboxes over a real SQLite store and real files, with a fake journal and clock. */
export async function openMailboxFixture(): Promise<MailboxFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'answerphone-mailbox-'))
  const recordings = join(folder, 'recordings')
  mkdirSync(recordings)
  const clock = fakeClock()
  const file = join(folder, 'answerphone.db')
  const makeId = idMaker(clock, seededRandom())
  const store = await openSqliteStore({ file, clock, makeId, log: silentLog })
  const { id: mailboxId } = await store.mailboxes.add({
    name: 'home',
    greetingId: null,
    longestSeconds: 180,
    shortestSeconds: 2,
    silenceSeconds: 0,
    afterPickUp: 'keep',
  })
  const journal = fakeJournal(recordings)
  const over: MailboxFixture['over'] = (over) =>
    createMailboxes({ store: over, recordings: { dir: recordings }, media: journal, clock, log: silentLog })
  const mailboxes = over(store)

  return {
    folder,
    clock,
    journal,
    store,
    mailboxes,
    over,
    take(id, change = {}) {
      const meta = {
        callId: `call-${id}`,
        lineId: 'line',
        mailboxId,
        callerNumber: '+49301',
        callerName: null,
      }
      const take = {
        takeId: id,
        meta: { ...meta, shortestMs: 2000 },
        startedAt: clock.now(),
        durationMs: 5000,
        hearing: { soundMs: 4000 },
        file: `${id}.wav`,
        ...change,
      }
      journal.record(take)
      return take
    },
    files: () =>
      readdirSync(recordings, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.wav'))
        .sort(),
    async close() {
      await mailboxes.settle()
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function fakeJournal(recordings: string): FakeJournal {
  const takes = new Map<string, RecordedTake>()
  const saved = new Map<string, PromiseWithResolvers<void>>()
  const savedOf = (id: string) => {
    const one = saved.get(id) ?? Promise.withResolvers<void>()
    saved.set(id, one)
    return one
  }
  return {
    takes,
    record: (take) => void takes.set(take.takeId, take),
    save() {
      for (const { takeId, file } of takes.values()) {
        const path = join(recordings, file)
        mkdirSync(dirname(path), { recursive: true })
        if (!existsSync(path)) writeFileSync(path, takeId)
        savedOf(takeId).resolve()
      }
    },
    whenSaved: (id) => savedOf(id).promise,
    releaseTake: (id) => void takes.delete(id),
  }
}
