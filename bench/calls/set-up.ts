import { setTimeout as pause } from 'node:timers/promises'
import { openChild } from './child.ts'
import type { LoadOrder, LoadReport } from './orders.ts'
import { cpuMsOf, startSubject } from './subject.ts'
import { openTable } from './table.ts'

/** Until what the calls left behind is written: it belongs to their cost. */
const SETTLE_MS = 1000

/** What a call costs from INVITE to BYE, and how many a second go through cleanly: rates rise until one does not. */
export async function measureSetUp(options: {
  readonly rates: readonly number[]
  readonly seconds: number
}): Promise<void> {
  const row = openTable('Set-up: INVITE 100 180 200 ACK BYE 200, with its row in the database', [
    'calls/s',
    'CPU ms/call',
    'answer p50',
    'answer p99',
    'sent again',
    'failed',
    'done/s',
  ])
  await using subject = await startSubject()
  const { machine, pid } = subject
  for (const perSecond of options.rates) {
    await using load = openChild<LoadOrder, LoadReport>('calls/load-caller.ts')
    const calls = perSecond * options.seconds
    const before = cpuMsOf(pid)
    const order = { kind: 'burst', sipPort: machine.sip.port, perSecond, calls } as const
    const result = await load.ask(order, 'burst-over')
    await pause(SETTLE_MS)
    const cpu = (cpuMsOf(pid) - before) / calls
    const { answerP50, answerP99, retransmitted, failed, lastedMs } = result
    row(
      perSecond,
      cpu,
      answerP50,
      answerP99,
      retransmitted,
      failed,
      Math.round((calls - failed) / (lastedMs / 1000)),
    )
    if (retransmitted + failed > 0) return
  }
}
