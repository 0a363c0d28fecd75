import type { FlowStats } from '../media/engine.ts'
import type { LegWatch } from '../owner/leg-watch.ts'
import type { Clock } from '../shared/clock.ts'
import type { MakeId } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import type { Tap } from '../sip/transaction/tap.ts'
import type { Store } from '../store/store.ts'
import { packTrace } from '../trace/pack.ts'
import type { LegStatistics, Party, Trace } from '../trace/trace.ts'
import { openTraces } from '../trace/traces.ts'
import type { WriteQueue } from './write-queue.ts'

/** What goes over the wire for calls: seen here, and written down once a call is over. */
export interface CallTraces {
  readonly tap: Tap
  /** A caller's call has arrived; this is the Call-ID of his dialog. */
  begin(id: string, dialog: string, number: string | null): void
  end(id: string, dialog: string, number: string | null, stats: FlowStats | undefined): void
  readonly legWatch: LegWatch
  /** That of a call that goes on, or has just ended. */
  running(id: string): Trace | undefined
  /** What is over is written down now. */
  finish(): void
  close(): void
}

export function openCallTraces(options: {
  readonly store: Pick<Store, 'traces'>
  readonly writes: WriteQueue
  readonly makeId: MakeId
  readonly clock: Clock
  readonly log: Log
}): CallTraces {
  const { store, writes, makeId, clock, log } = options
  const titles = new Map<string, string>()
  const traces = openTraces({
    clock,
    onDone(trace) {
      const title = titles.get(trace.id) ?? ''
      titles.delete(trace.id)
      void writes.add('a trace', () => write(trace, title))
    },
  })

  /** Tried once: nothing that matters may wait because there is no room for this. */
  async function write(trace: Trace, title: string): Promise<void> {
    const { id, kind, startedAt, endedAt } = trace
    try {
      await store.traces.add({ id, kind, title, startedAt, endedAt, packed: packTrace(trace) })
    } catch (error) {
      log.warn({ err: error, call: id }, 'what went over the wire for a call could not be written down')
    }
  }

  function begin(id: string, kind: Trace['kind'], title: string): void {
    if (traces.begin(id, kind)) titles.set(id, title)
  }

  const callerOf = (name: string | null): Party => ({ kind: 'caller', name })

  return {
    tap: traces.tap,
    begin(id, dialog, number) {
      begin(id, 'call', number ?? '')
      traces.join(id, dialog, callerOf(number))
    },
    end(id, dialog, number, stats) {
      traces.leave(id, dialog, statisticsOf(callerOf(number), stats))
      traces.end(id)
    },
    legWatch: {
      houseCall(from, dialled) {
        const id = makeId()
        begin(id, 'house', `${from} → ${dialled}`)
        return id
      },
      houseCallOver: traces.end,
      joined: traces.join,
      left: (call, dialog, who, stats) => traces.leave(call, dialog, statisticsOf(who, stats)),
    },
    running: traces.running,
    finish: traces.finish,
    close: traces.close,
  }
}

/** Undefined: no sound was settled, or none flowed. */
function statisticsOf({ kind, name }: Party, stats: FlowStats | undefined): LegStatistics | undefined {
  if (!stats || stats.codec === null) return undefined
  return {
    kind,
    name,
    codec: stats.codec,
    durationMs: stats.durationMs,
    sent: { packets: stats.packetsSent, bytes: stats.bytesSent },
    received: { packets: stats.packetsReceived, bytes: stats.bytesReceived },
    lost: stats.packetsLost,
    late: stats.packetsLate,
    ignored: stats.packetsIgnored,
    jitterMs: stats.jitterMs,
    longestGapMs: stats.longestGapMs,
    reported: stats.reported,
  }
}
