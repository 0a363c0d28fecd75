import type { Stage } from './facts.ts'
import type { OwnerCall } from './run-owner-call.ts'

type Choosable = Pick<OwnerCall, 'stage'> & {
  readonly call: Pick<OwnerCall['call'], 'lineName' | 'arrivedAt'>
}

const ORDER: Readonly<Record<'talk' | 'listen', readonly Stage[]>> = {
  talk: ['ringing', 'screening', 'quiet', 'talking'],
  listen: ['screening', 'ringing', 'quiet', 'talking'],
}

/**
 * The call that a phone means that dials the code alone: to talk, one that rings before one that is being recorded; to
 * listen, the other way round, and one before a gate only where there is no better; of several the one that came first. Where somebody has picked up all there are, it is
 * one of those, so that the phone hears that it came too late.
 */
export function chooseCall<Call extends Choosable>(
  calls: readonly Call[],
  purpose: 'talk' | 'listen',
  line?: string,
): Call | undefined {
  const order = ORDER[purpose]
  return calls
    .filter(({ call, stage }) => order.includes(stage) && (line === undefined || call.lineName === line))
    .toSorted(
      (one, other) =>
        order.indexOf(one.stage) - order.indexOf(other.stage) || one.call.arrivedAt - other.call.arrivedAt,
    )[0]
}
