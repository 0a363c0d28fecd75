import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../src/shared/log.ts'
import { callRow, homeOf, messageRow } from '../../src/store/contract/sample-rows.contract.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import type { Store } from '../../src/store/store.ts'
import { type FakeClock, fakeClock } from '../helpers/fake-clock.ts'

const RESERVE_BYTES = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'answerphone-full-'))
const mounted = tryMount()

/** A disk of 6 MB, which only root can make. */
function tryMount(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.skipIf(!mounted)('a full disk (a small tmpfs; needs root to mount)', () => {
  let clock: FakeClock
  let store: Store
  let ids = 0

  const open = () =>
    openSqliteStore({
      file: join(folder, 'answerphone.db'),
      clock,
      makeId: () => `id${ids++}`,
      log: silentLog,
      reserveBytes: RESERVE_BYTES,
    })
  /** Leaves not a block free. */
  const fill = () => {
    for (let size = 1024 * 1024; size >= 4096; size /= 2)
      for (let n = 0; ; n++)
        try {
          writeFileSync(join(folder, `ballast-${size}-${n}`), Buffer.alloc(size))
        } catch {
          break
        }
    expect(statfsSync(folder).bavail).toBe(0)
  }
  const makeRoom = () => execFileSync('sh', ['-c', `rm -f '${folder}'/ballast-*`])

  beforeEach(async () => {
    clock = fakeClock()
    store = await open()
  })
  afterEach(async () => {
    makeRoom()
    await store.close()
    for (const name of ['answerphone.db', 'reserve']) rmSync(join(folder, name), { force: true })
  })
  afterAll(() => void execFileSync('umount', [folder]))

  it('leaves the reserve to what calls leave behind, says so, and heals by itself', async () => {
    const { mailbox } = await homeOf(store)
    fill()
    // The last block of the WAL may have room for a few.
    const long = 'x'.repeat(3000)
    for (let n = 0; n < 40; n++) {
      await store.calls.add(callRow(`call${n}`))
      await store.messages.add(messageRow(mailbox.id, `m${n}`, { note: long }))
      await store.calls.end(`call${n}`, { answeredAt: 1, endedAt: 2, outcome: 'message', messageId: `m${n}` })
    }
    expect(existsSync(join(folder, 'reserve'))).toBe(false)
    await expect(store.check()).rejects.toMatchObject({ code: 'AP_STORE_FULL' })
    await expect(store.settings.set('key', long)).rejects.toMatchObject({ code: 'AP_STORE_FULL' })
    expect((await store.messages.list({ limit: 200 })).rows).toHaveLength(40)

    makeRoom()
    clock.advance(6000)
    await store.settings.set('key', long)
    expect(existsSync(join(folder, 'reserve'))).toBe(true)
    await store.check()
  })

  // Each of them stands in one queue with the rows of messages, which would wait for it.
  it('leaves it to all else that calls, lines and keys write on their way, too', async () => {
    const { line, mailbox } = await homeOf(store)
    fill()
    for (let n = 0; existsSync(join(folder, 'reserve')); n++)
      await store.messages.add(messageRow(mailbox.id, `m${n}`, { note: 'x'.repeat(3000) }))
    await store.calls.add(callRow('call', { gate: { kind: 'key', went: null, name: null } }))
    await store.calls.gateOver('call', 'passed')
    await store.calls.attest('call', { verdict: 'passed', level: 'A', by: 'signature' })
    const registered = { lineId: line.id, state: 'registered', since: 1, server: null } as const
    await store.registrations.put({ ...registered, publicAddress: null, problem: null, toldLostSince: null })
    await store.registrations.remove(line.id)
    await store.pinTries.put({ mailboxId: mailbox.id, pinHash: 'hash', tries: 3, triedAt: 1 })
    expect(await store.calls.get('call')).toMatchObject({ gate: { went: 'passed' } })
  })

  it('past the reserve refuses every write, and harms nothing', async () => {
    const { mailbox } = await homeOf(store)
    fill()
    let kept = 0
    const failure = await (async () => {
      for (;;)
        try {
          await store.messages.add(messageRow(mailbox.id, `m${kept}`, { note: 'x'.repeat(3000) }))
          kept++
        } catch (error) {
          return error
        }
    })()
    expect(failure).toMatchObject({ code: 'AP_STORE_FULL' })
    expect(kept).toBeGreaterThan(50)
    await store.close()
    makeRoom()
    store = await open()
    const counts = await store.messages.counts()
    expect(counts).toEqual([{ mailboxId: mailbox.id, state: 'new', count: kept }])
  })

  it('lets the machine start, on the reserve', async () => {
    await homeOf(store)
    await store.close()
    fill()
    store = await open()
    await store.calls.add(callRow('call'))
    expect(await store.calls.get('call')).toBeDefined()
    await expect(store.check()).rejects.toMatchObject({ code: 'AP_STORE_FULL' })
  })
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))
