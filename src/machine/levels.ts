import type { RunningCall } from './run-call.ts'

/** Who watches how loud a caller is. */
export interface LevelWatcher {
  /** Each 100 ms, from 0 to 1 (full scale). */
  onPeak(peak: number): void
  /** The message is over: nothing more comes. */
  onEnd(): void
}

/**
 * How loud callers are while they leave messages. A call is measured while somebody watches it, and its caller can't tell
 * (test/glass/sides/watching.ts).
 */
export interface Levels {
  /** Returns how to stop watching; undefined when no message is being left on this call now. */
  watch(callId: string, watcher: LevelWatcher): (() => void) | undefined
  /** The call is in another phase, perhaps. */
  changed(callId: string): void
}

export function openLevels(calls: ReadonlyMap<string, Pick<RunningCall, 'view' | 'meter'>>): Levels {
  const watched = new Map<string, Set<LevelWatcher>>()
  const isLeavingMessage = (callId: string) => calls.get(callId)?.view.phase === 'recording'

  return {
    watch(callId, watcher) {
      const call = calls.get(callId)
      if (!call || !isLeavingMessage(callId)) return undefined
      const watchers = watched.get(callId) ?? new Set()
      if (watchers.size === 0)
        call.meter((peak) => {
          for (const { onPeak } of watchers) onPeak(peak)
        })
      watchers.add(watcher)
      watched.set(callId, watchers)
      return () => {
        if (!watchers.delete(watcher) || watchers.size > 0 || watched.get(callId) !== watchers) return
        watched.delete(callId)
        call.meter(undefined)
      }
    },
    changed(callId) {
      const watchers = watched.get(callId)
      if (!watchers || isLeavingMessage(callId)) return
      watched.delete(callId)
      calls.get(callId)?.meter(undefined)
      for (const { onEnd } of watchers) onEnd()
    },
  }
}
