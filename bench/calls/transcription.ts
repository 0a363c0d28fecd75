import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { openChild } from './child.ts'
import type { LoadOrder, LoadReport } from './orders.ts'
import { percentile } from './percentile.ts'
import { type Subject, startSubject } from './subject.ts'
import { openTable } from './table.ts'

const DIALS_PER_SECOND = 50
const SETTLE_MS = 1500
/** Takes all of the processor that it can get while it hears, as a model too large for the machine does. */
const HUNGRY = 'yes > /dev/null & cat > /dev/null; kill $!'

interface Turn {
  readonly lateP50: number
  readonly lateP99: number
  readonly gaps: number
  readonly written: number
}

/**
 * How late the callers' packets are while nobody writes down what they say, and while two of them are written down by commands that take whatever the
 * processors have. The two take turns on one machine, in pairs whose order changes (off on, on off, …), and each pair is judged by itself: what else the
 * computer does changes from minute to minute, and so it meets both alike. Each turn has calls of its own.
 */
export async function measureTranscription(options: {
  readonly calls: number
  readonly seconds: number
  readonly rounds: number
}): Promise<void> {
  await using subject = await startSubject()
  const row = openTable(
    `Lateness of the packets to ${options.calls} callers, ms, in ${options.rounds} pairs`,
    [
      ...[
        'pair',
        'off p50',
        'off p99',
        'on p50',
        'on p99',
        'on/off p99',
        'gaps off',
        'gaps on',
        'written live',
        'load',
      ],
    ],
  )
  const pairs: { readonly off: Turn; readonly on: Turn }[] = []
  // What is done for the first time takes longer; it counts for neither.
  await takeTurn(subject, { ...options, seconds: 1 }, false)
  for (let round = 0; round < options.rounds; round++) {
    const order = round % 2 === 0 ? [false, true] : [true, false]
    const turns = new Map<boolean, Turn>()
    for (const isOn of order) turns.set(isOn, await takeTurn(subject, options, isOn))
    const [off, on] = [turns.get(false), turns.get(true)]
    if (!off || !on) continue
    pairs.push({ off, on })
    const ratio = on.lateP99 / off.lateP99
    const lateness = [off.lateP50, off.lateP99, on.lateP50, on.lateP99, ratio]
    row(round + 1, ...lateness, off.gaps, on.gaps, on.written, loadavg()[0] ?? 0)
  }
  const median = (of: (pair: (typeof pairs)[number]) => number) => percentile(pairs.map(of), 0.5)
  const ratios = pairs.map(({ off, on }) => on.lateP99 / off.lateP99)
  row(
    'median',
    ...[median(({ off }) => off.lateP50), median(({ off }) => off.lateP99)],
    ...[median(({ on }) => on.lateP50), median(({ on }) => on.lateP99), percentile(ratios, 0.5)],
    ...['', '', '', ''],
  )
  const [low, high] = [percentile(ratios, 0.25), percentile(ratios, 0.75)]
  console.log(
    `The middle half of the ratios: ${low.toFixed(2)} to ${high.toFixed(2)}. Around 1: no difference.`,
  )
}

async function takeTurn(
  { machine }: Subject,
  { calls, seconds }: { readonly calls: number; readonly seconds: number },
  isOn: boolean,
): Promise<Turn> {
  const answer = await machine.api('/transcription', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(isOn ? { command: HUNGRY, commandRate: 8000 } : { by: 'off' }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  await using load = openChild<LoadOrder, LoadReport>('calls/load-caller.ts')
  await load.ask({ kind: 'open', calls }, 'opened')
  await load.ask({ kind: 'dial', sipPort: machine.sip.port, perSecond: DIALS_PER_SECOND }, 'talking')
  await pause(SETTLE_MS)
  const { live } = (await (await machine.api('/calls?limit=1')).json()) as { live: { words: unknown }[] }
  await load.ask({ kind: 'measure' }, 'measuring')
  await pause(seconds * 1000)
  const { lateP50, lateP99, gaps } = await load.ask({ kind: 'stop' }, 'stopped')
  // What is written down afterwards is not to be heard by the next turn: it would be on in both.
  await machine.api('/transcription', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ by: 'off' }),
  })
  await pause(SETTLE_MS)
  return { lateP50, lateP99, gaps, written: live.filter(({ words }) => words !== null).length }
}
