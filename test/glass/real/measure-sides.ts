import type { Random } from '../../../src/shared/random.ts'
import { sleep } from '../../helpers/processes.ts'
import type { RunningMachine } from '../../helpers/running-machine.ts'
import type { Measured } from '../statistics/tell-apart.ts'
import { differenceBetween } from '../trace/difference.ts'
import { type Measurements, measure } from './features.ts'
import { CALLERS, lineName } from './glass-machine.ts'
import type { CallRecord } from './measured-call.ts'
import type { MeasuringCallers } from './measuring-callers.ts'

/** Within a round, calls begin at random moments in so long. */
const SPREAD_MS = 500

export type MeasuredCall = Measured & Pick<Measurements, 'form'>

/**
 * Calls every side in rounds: in each round the calls of all sides are made at once, in random order and each at a random moment, so that whatever the
 * computer is busy with meets all sides alike. Call number n of a round goes to line n, and is one of side n modulo their number.
 */
export async function measureSides(options: {
  readonly machine: RunningMachine
  readonly callers: MeasuringCallers
  readonly sides: readonly string[]
  /** Where calls of this side go to: the machine unless given. */
  readonly portOf?: (side: string) => number
  /** Begins what goes on beside a call of this side to this line; what it returns ends it. */
  readonly beside?: (side: string, line: string) => Promise<() => Promise<void>>
  /** All lines have a gate that asks for a name. */
  readonly saysName?: boolean
  /** Puts a hole into what was heard: each call counts once more as one of this side, as if it had been heard so. */
  readonly plant?: { readonly side: string; leak(record: CallRecord): CallRecord }
  readonly rounds: number
  readonly callsPerRound: number
  readonly random: Random
}): Promise<readonly MeasuredCall[]> {
  const { machine, callers, sides, portOf = () => machine.sip.port, random } = options
  const measured: MeasuredCall[] = []
  for (let round = 0; round < options.rounds; round++) {
    const calls = Array.from({ length: options.callsPerRound }, async (_, place) => {
      const side = sides[place % sides.length] ?? ''
      const token = `own-${random.token(8)}`
      const end = await options.beside?.(side, lineName(place))
      await sleep((random.uint32() / 2 ** 32) * SPREAD_MS)
      const record = await callers.call({
        to: { host: machine.sip.host, port: portOf(side) },
        uri: `sip:${lineName(place)}@${machine.sip.host}:${machine.sip.port}`,
        local: CALLERS,
        token,
        ...(options.saysName && { saysName: true }),
      })
      await end?.()
      const own = [token, lineName(place)]
      measured.push({ side, block: round, ...measure(record, own) })
      const { plant } = options
      if (plant) measured.push({ side: plant.side, block: round, ...measure(plant.leak(record), own) })
    })
    await Promise.all(calls)
  }
  return measured
}

/** What tells calls of the other sides from those of the first by their bytes, in words; empty when nothing does. */
export function tellByForm(calls: readonly MeasuredCall[], first: string): readonly string[] {
  const expected = calls.find(({ side }) => side === first)?.form ?? []
  return calls.flatMap(({ side, form }) => {
    const difference = differenceBetween({ name: first, trace: expected }, { name: side, trace: form })
    return difference === undefined ? [] : [difference]
  })
}
