import { describeMessage, type MessageLines } from './describe-message.ts'
import type { Party, Place, Trace, TracedLeg, TracedMessage } from './trace.ts'

/** A column of a ladder. */
export interface Column {
  readonly kind: Party['kind'] | 'machine'
  readonly name: string | null
  /** Where it was reached first. */
  readonly place: Place
}

/** An arrow of a ladder. */
export interface Arrow extends MessageLines {
  /** Since the first message, in ms. */
  readonly afterMs: number
  /** Columns. */
  readonly from: number
  readonly to: number
  /** The same as an earlier one: it was sent again, as nothing came back. */
  readonly repeated: boolean
  readonly message: TracedMessage
}

/** A trace as it is drawn: the caller, the machine, then whom else it spoke with, in order of appearance. */
export interface Sketch {
  readonly columns: readonly Column[]
  readonly arrows: readonly Arrow[]
}

const MACHINE_NAME = 'answerphone'

export function sketch({ legs, messages }: Pick<Trace, 'legs' | 'messages'>): Sketch {
  const columns: Column[] = []
  const at = new Map<string, number>()
  const first = messages[0]
  const machine: Column = {
    kind: 'machine',
    name: MACHINE_NAME,
    place: first?.local ?? { address: '', port: 0 },
  }

  function columnOf(leg: TracedLeg, { remote }: TracedMessage): number {
    // A phone that is registered in two places is two columns; its ports may change on the way.
    const key = `${leg.kind} ${leg.name} ${remote.address}`
    const known = at.get(key)
    if (known !== undefined) return known
    columns.push({ kind: leg.kind, name: leg.name, place: remote })
    if (columns.length === 1) columns.push(machine)
    const column = columns.length === 2 ? 0 : columns.length - 1
    at.set(key, column)
    return column
  }

  const seen = new Set<string>()
  const arrows = messages.flatMap((message): Arrow[] => {
    const leg = legs[message.leg]
    if (!leg) return []
    const other = columnOf(leg, message)
    const isIn = message.direction === 'in'
    const key = `${message.leg} ${message.direction} ${message.text}`
    const repeated = seen.has(key)
    seen.add(key)
    return [
      {
        ...describeMessage(message.text),
        afterMs: message.at - (first?.at ?? message.at),
        from: isIn ? other : 1,
        to: isIn ? 1 : other,
        repeated,
        message,
      },
    ]
  })
  return { columns, arrows }
}
