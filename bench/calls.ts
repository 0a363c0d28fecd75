/**
 * The whole machine under load: the real program in a process of its own, callers in others, everything on loopback.
 *
 *     node bench/calls.ts [recording] [set-up] [visible] [lateness] [transcription] [rest]
 *       [--calls 50,200,800,2000] [--seconds 10] [--floor 200] [--rates 100,200,400,…] [--messages 200] [--rows 100000] [--rounds 9]
 *
 * Without names it measures everything. What the figures mean: docs/performance.md.
 */
import { parseArgs } from 'node:util'
import { measureLateness } from './calls/lateness.ts'
import { measureRecording } from './calls/recording.ts'
import { measureRest } from './calls/rest.ts'
import { measureSetUp } from './calls/set-up.ts'
import { measureTranscription } from './calls/transcription.ts'
import { measureVisible } from './calls/visible.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    calls: { type: 'string', default: '50,200,800,2000' },
    seconds: { type: 'string', default: '10' },
    floor: { type: 'string', default: '200' },
    rates: { type: 'string', default: '100,200,400,600,800,1000,1200' },
    messages: { type: 'string', default: '200' },
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '9' },
  },
})
const seconds = Number(values.seconds)
const numbers = (list: string) => list.split(',').map(Number)

const measurements: Record<string, () => Promise<void>> = {
  recording: () => measureRecording({ calls: numbers(values.calls), seconds, floor: Number(values.floor) }),
  'set-up': () => measureSetUp({ rates: numbers(values.rates), seconds }),
  visible: () => measureVisible({ messages: Number(values.messages) }),
  lateness: () => measureLateness({ calls: numbers(values.calls)[0] ?? 50, seconds }),
  transcription: () =>
    measureTranscription({ calls: numbers(values.calls)[0] ?? 50, seconds, rounds: Number(values.rounds) }),
  rest: () => measureRest({ rows: Number(values.rows) }),
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
for (const name of positionals.length > 0 ? positionals : Object.keys(measurements)) {
  const measure = measurements[name]
  if (!measure) throw new Error(`no measurement "${name}"; there are ${Object.keys(measurements).join(', ')}`)
  await measure()
}
