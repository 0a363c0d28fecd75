import { setTimeout as pause } from 'node:timers/promises'
import { openChild } from './child.ts'
import type { LoadOrder, LoadReport } from './orders.ts'
import { startSubject } from './subject.ts'
import { openTable } from './table.ts'

const DIALS_PER_SECOND = 50
const SETTLE_MS = 1500
/** Takes all of the processor that it can get while it hears, as a model too large for the machine does. */
const HUNGRY = 'yes > /dev/null & cat > /dev/null; kill $!'
const ROUNDS = 3

/**
 * How late the callers' packets are while nobody writes down what they say, and while two of them are written down by
 * commands that take whatever the processors have: in turns, for the machine is never quite the same.
 */
export async function measureTranscription(options: {
  readonly calls: number
  readonly seconds: number
}): Promise<void> {
  const row = openTable(`Lateness of the packets to ${options.calls} callers, ms`, [
    'transcription',
    'late p50',
    'late p99',
    'gaps',
    'written live',
  ])
  for (let round = 0; round < ROUNDS; round++)
    for (const isOn of [false, true]) {
      await using subject = await startSubject()
      await using load = openChild<LoadOrder, LoadReport>('calls/load-caller.ts')
      const { machine } = subject
      if (isOn) await machine.cli('transcription', 'set', '--rate', '8000', '--command', HUNGRY)
      // The machine hears of the change by itself.
      await pause(SETTLE_MS)
      await load.ask({ kind: 'open', calls: options.calls }, 'opened')
      await load.ask({ kind: 'dial', sipPort: machine.sip.port, perSecond: DIALS_PER_SECOND }, 'talking')
      await pause(SETTLE_MS)
      const { live } = (await (await machine.api('/calls?limit=1')).json()) as { live: { words: unknown }[] }
      await load.ask({ kind: 'measure' }, 'measuring')
      await pause(options.seconds * 1000)
      const { lateP50, lateP99, gaps } = await load.ask({ kind: 'stop' }, 'stopped')
      const written = live.filter(({ words }) => words !== null).length
      row(isOn ? 'on' : 'off', lateP50, lateP99, gaps, written)
    }
}
