import { expect, it } from 'vitest'
import { describeWith } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { startMachine } from '../helpers/running-machine.ts'
import { sippCall } from '../helpers/sipp.ts'
import { speak } from '../helpers/speech.ts'

interface Row {
  readonly id: string
  readonly arrivedAt: string
  readonly answeredAt: string | null
  readonly endedAt: string | null
}

describeWith(['sipp', 'flite', 'sox'], 'a toll saver, by SIPp', () => {
  it('rings for less while a new message waits, and as ever once it was heard', async () => {
    const spoken = await speak('Hello, this is Alice.')
    await using machine = await startMachine()
    await machine.line('home', { trunk: '127.0.0.0/8', ringSeconds: 4 })
    await machine.cli('lines', 'set', 'home', '--toll-saver', '1')
    expect(await machine.cli('lines', 'list')).toContain('4 s; 1 s while messages wait')
    expect(await machine.cli('rules', 'preview', '--from', '+4930555')).toContain(
      'While new messages wait, after 1 s (toll saver): callers can notice that.',
    )
    /** How long it rang, in seconds. */
    const ring = async (calls: number): Promise<number> => {
      await using caller = await sippCall({
        to: machine.sip,
        user: 'home',
        scenario: 'caller-spoken',
        spoken,
        pauses: { '"8000"': '"3000"' },
      })
      expect(await caller.ended).toBe(0)
      const [last] = await eventually(async () => {
        const rows = await machine.list<Row>('calls', 'list')
        return rows.length === calls && rows[0]?.endedAt != null && rows
      }, 10_000)
      return (Date.parse(last?.answeredAt ?? '') - Date.parse(last?.arrivedAt ?? '')) / 1000
    }

    expect(await ring(1)).toBeCloseTo(4, 0)
    expect(await ring(2)).toBeCloseTo(1, 0)
    for (const { id } of await machine.list<Row>('messages', 'list'))
      await machine.cli('messages', 'heard', id)
    expect(await ring(3)).toBeCloseTo(4, 0)
  }, 90_000)
})
