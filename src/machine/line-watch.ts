import type { Place } from '../line/register-line.ts'
import type { Standing } from '../line/registration/facts.ts'
import type { Clock, Timer } from '../shared/clock.ts'
import type { Registration } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import type { MachineEvent } from './machine.ts'
import type { WriteQueue } from './write-queue.ts'

/** A router that connects anew each night and a server that restarts are nothing to write to anybody about. */
export const LOST_AFTER_MS = 10 * 60_000

/** Writes down how lines are registered, and tells when one is lost for long and when it is back. */
export interface LineWatch {
  noted(lineId: string, standing: Standing, place: Place): void
  /** Nothing is told any more. */
  close(): void
}

export interface LineWatchOptions {
  readonly store: Pick<Store, 'registrations'>
  readonly writes: Pick<WriteQueue, 'add'>
  /** A line that still wants to be registered. */
  readonly nameOf: (lineId: string) => string | undefined
  readonly clock: Clock
  readonly tell: (event: MachineEvent) => void
}

/** Rejects when the store can't be read: what owners were told before the restart is kept there. */
export async function openLineWatch(options: LineWatchOptions): Promise<LineWatch> {
  const { store, writes, nameOf, clock, tell } = options
  const rows = new Map((await store.registrations.list()).map((row) => [row.lineId, row]))
  const graces = new Map<string, Timer>()

  function put(row: Registration): void {
    rows.set(row.lineId, row)
    // For the page and the command line, which may run elsewhere.
    void writes.add('how a line is registered', () => store.registrations.put(row))
  }

  function endGrace(lineId: string): void {
    graces.get(lineId)?.cancel()
    graces.delete(lineId)
  }

  function lost(lineId: string, since: number): void {
    graces.delete(lineId)
    const [row, line] = [rows.get(lineId), nameOf(lineId)]
    if (!row || line === undefined) return
    put({ ...row, toldLostSince: since })
    tell({ kind: 'line-lost', lineId, line, since, problem: row.problem })
  }

  return {
    noted(lineId, standing, place) {
      const before = rows.get(lineId)
      const { toldLostSince = null } = before ?? {}
      const now = clock.now()
      const { state } = standing
      const problem = state === 'failing' ? standing.problem : null
      const isBack = state === 'registered' && toldLostSince !== null
      // Seen elsewhere, or failing for another reason: it stands so for as long as before.
      const since = before?.state === state && state !== 'registering' ? before.since : now
      put({ lineId, state, since, ...place, problem, toldLostSince: isBack ? null : toldLostSince })
      if (state !== 'failing') endGrace(lineId)
      else if (toldLostSince === null && !graces.has(lineId))
        graces.set(
          lineId,
          clock.setTimer(LOST_AFTER_MS, () => lost(lineId, now)),
        )
      const line = nameOf(lineId)
      if (isBack && line !== undefined) tell({ kind: 'line-back', lineId, line, since: toldLostSince })
    },
    close() {
      for (const lineId of graces.keys()) endGrace(lineId)
    },
  }
}
