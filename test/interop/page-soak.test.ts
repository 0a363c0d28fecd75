import { readdirSync, readlinkSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startChromium } from '../helpers/browser.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { greetBriefly, openRealPage, recordOn } from '../helpers/real-page.ts'

/** In CI fewer than one would wish, for its time: ANSWERPHONE_SOAK_CALLS=200 was run when this was written. */
const CALLS = Number(process.env['ANSWERPHONE_SOAK_CALLS'] ?? 60)
/** By then the thread of the handshakes runs, and the page has opened the connections that it keeps. */
const SETTLED_AFTER = 20

/** What the process holds. */
interface Holdings {
  readonly threads: number
  /** Sockets, by their inodes: signalling, sound, HTTP. */
  readonly sockets: number
}

describeWith(['chromium', 'flite', 'sox'], 'a page that takes part in one call after another', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it(`holds no more after ${CALLS} than after ${SETTLED_AFTER}: no port, no thread`, async () => {
    await using real = await openRealPage(browser)
    const { page, machine, caller } = real
    await greetBriefly(real)
    await machine.cli('mailboxes', 'set', 'home', '--longest-seconds', '3600')
    const call = await caller.call('home', { number: '+4930111222' })
    await recordOn(page, call)
    const card = page.locator('.call-card')
    const listen = card.getByRole('button', { name: 'Listen', exact: true })
    const leave = card.getByRole('button', { name: 'Stop listening' })

    let settled: Holdings | undefined
    for (let taken = 1; taken <= CALLS; taken++) {
      await listen.click()
      await card.getByText('Listening in: Ada’s browser').waitFor()
      await leave.click()
      await card.getByText('Listening in').waitFor({ state: 'detached' })
      if (taken === SETTLED_AFTER) settled = await holdingsOf(machine.process.child.pid)
    }
    const last = await holdingsOf(machine.process.child.pid, settled)
    expect(last.threads).toBe(settled?.threads)
    expect(last.sockets).toBeLessThanOrEqual(settled?.sockets ?? 0)
    await call.bye()
    await card.waitFor({ state: 'detached' })
    expect(real.complaints).toEqual([])
  })
})

/** Waits until no more sockets are held than `wanted`, for what is closed last: ports cool off before they are used anew. */
async function holdingsOf(pid = 0, wanted?: Holdings): Promise<Holdings> {
  if (wanted) await eventually(async () => socketsOf(pid) <= wanted.sockets)
  return { threads: readdirSync(`/proc/${pid}/task`).length, sockets: socketsOf(pid) }
}

function socketsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:')
    } catch {
      return false // closed meanwhile
    }
  }).length
}
