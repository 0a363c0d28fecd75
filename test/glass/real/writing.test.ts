import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemRandom } from '../../../src/shared/random.ts'
import { sleep } from '../../helpers/processes.ts'
import type { RunningMachine } from '../../helpers/running-machine.ts'
import { tellApart } from '../statistics/tell-apart.ts'
import { startGlassMachine } from './glass-machine.ts'
import { type MeasuredCall, measureSides, tellByForm } from './measure-sides.ts'
import type { CallRecord } from './measured-call.ts'
import { openMeasuringCallers } from './measuring-callers.ts'

/** By sherpa-onnx in its process, with a model that is loaded. */
const MODEL = join(import.meta.dirname, '../../helpers/speech-model/tiny-streaming.tar.bz2')
/** As many as are written down at once. */
const LINES = 2
const PAIRS = 14
/** The model is loaded, or its process gone. */
const SETTLE_MS = 1500

const SIDES = { out: { by: 'off' }, 'written down': { speechModel: 'tiny' } } as const
type Side = keyof typeof SIDES
/** A hole is put into what callers heard who were written down: from the second second on packets come a frame late. */
const LEAKY = 'written down, and packets are late'
const leak = (record: CallRecord): CallRecord => ({
  ...record,
  rtp: record.rtp.map(({ at, content }, index) => ({ at: at + (index < 50 ? 0 : 20), content })),
})

/**
 * Whether what is said is written down is the same for the whole machine: calls of both sides can't be made at once. So they are made in turns, in
 * pairs of random order, and a turn counts as one: what the computer is busy with meets all calls of a turn alike.
 */
it('nobody can tell by a call whether what he says is written down', async () => {
  await using opened = new AsyncDisposableStack()
  const machine = opened.use(await startGlassMachine(LINES))
  const callers = opened.use(openMeasuringCallers())
  await machine.cli('models', 'add', MODEL, '--name', 'tiny')

  const words = followWords(machine, opened)

  const calls: MeasuredCall[] = []
  let now: Side | undefined
  for (let pair = 0; pair < PAIRS; pair++) {
    const order: Side[] = systemRandom.uint32() % 2 === 0 ? ['out', 'written down'] : ['written down', 'out']
    for (const side of order) {
      if (side !== now) {
        await setUp(machine, SIDES[side])
        await sleep(SETTLE_MS)
      }
      now = side
      const turn = await measureSides({
        ...{ machine, callers, sides: [side], random: systemRandom },
        ...{ rounds: 1, callsPerRound: LINES },
        ...(side === 'out' ? {} : { plant: { side: LEAKY, leak } }),
      })
      calls.push(...turn.map((call) => ({ ...call, block: pair })))
    }
  }

  const { GLASS_DUMP } = process.env
  if (GLASS_DUMP) writeFileSync(GLASS_DUMP, JSON.stringify(calls))
  expect(tellByForm(calls, 'out')).toEqual([])
  const turns = turnsOf(calls)
  const judge = (other: string) =>
    tellApart(
      turns.filter(({ side }) => side === 'out' || side === other),
      { first: 'out', random: systemRandom },
    )
  expect(judge('written down')).toEqual([])
  expect(judge(LEAKY).join('\n')).toMatch(/: lateness, from half to half .*a classifier is right in \d+ %/s)

  // All of it has happened, and nothing more.
  const { messages } = (await (await machine.api('/messages?limit=200')).json()) as {
    messages: { transcript: { state: string; by: string } | null }[]
  }
  expect(messages).toHaveLength(2 * LINES * PAIRS)
  // The hum of numbered frames is a word of the model.
  expect(words.heard).toBeGreaterThanOrEqual(LINES * PAIRS)
  const written = messages.flatMap(({ transcript }) => transcript ?? [])
  expect(written).toHaveLength(LINES * PAIRS)
  expect(written.filter(({ state, by }) => state === 'done' && by === 'model tiny')).toHaveLength(
    LINES * PAIRS,
  )
}, 400_000)

/** Counts how often words are told while callers speak. */
function followWords(machine: RunningMachine, opened: AsyncDisposableStack): { readonly heard: number } {
  const leaving = new AbortController()
  const words = { heard: 0 }
  const follow = async () => {
    const events = await machine.api('/events', { signal: leaving.signal })
    for await (const chunk of events.body ?? [])
      words.heard += Buffer.from(chunk).toString().split('event: words-heard').length - 1
  }
  const following = follow().catch(() => {})
  opened.defer(() => {
    leaving.abort()
    return following
  })
  return words
}

async function setUp(machine: RunningMachine, change: object): Promise<void> {
  const answer = await machine.api('/transcription', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  expect(answer.status).toBe(200)
}

/** A turn as one call: the mean of each feature. */
function turnsOf(calls: readonly MeasuredCall[]): MeasuredCall[] {
  return [...Map.groupBy(calls, ({ side, block }) => `${side} ${block}`).values()].flatMap((turn) => {
    const [first] = turn
    if (!first) return []
    const mean = (name: string) =>
      turn.reduce((sum, { features }) => sum + (features[name] ?? Number.NaN), 0) / turn.length
    const features = Object.fromEntries(Object.keys(first.features).map((name) => [name, mean(name)]))
    return [{ ...first, features }]
  })
}
