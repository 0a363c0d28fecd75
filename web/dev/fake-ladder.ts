import type { Ladder, PastCall } from '../../src/api/contract.ts'
import { showLadder } from '../../src/api/views/ladder.ts'
import { sampleStatistics, sampleTrace } from '../../test/helpers/sample-trace.ts'

/** A ladder for a call of the fake machine: the kitchen picked up. */
export function fakeLadder(call: Pick<PastCall, 'id' | 'callerNumber'>): Ladder {
  const trace = sampleTrace({ id: call.id })
  const caller = { kind: 'caller', name: call.callerNumber } as const
  return showLadder({
    ...trace,
    legs: trace.legs.map((leg) => (leg.kind === 'caller' ? { ...leg, ...caller } : leg)),
    statistics: [
      sampleStatistics(caller),
      sampleStatistics({ kind: 'phone', name: 'kitchen', lost: 0, reported: null }),
    ],
  })
}
