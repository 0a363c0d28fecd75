import type { TableName } from './schema.ts'

/** Who wants to hear of changes, and how they are told. */
export interface Changes {
  /** This process wrote to the table: listeners hear it once the current turn is over, together with its other writes. */
  wrote(table: TableName): void
  /** Somebody else wrote; which tables is known or not (empty). */
  heard(tables: readonly string[]): void
  subscribe(callback: (what: ReadonlySet<string>) => void): () => void
}

export interface ChangesOptions {
  /** Begins and ends watching other processes: with the first listener, and after the last has gone. */
  watch(): () => void
  /** A listener threw: it must not stop the others, nor the write. */
  failed(error: unknown): void
}

export function createChanges({ watch, failed }: ChangesOptions): Changes {
  const listeners = new Set<(what: ReadonlySet<string>) => void>()
  let written = new Set<string>()
  let unwatch: (() => void) | undefined

  const tell = (what: ReadonlySet<string>): void => {
    for (const listener of [...listeners]) {
      try {
        listener(what)
      } catch (error) {
        failed(error)
      }
    }
  }

  return {
    wrote(table) {
      if (written.size === 0)
        queueMicrotask(() => {
          const what = written
          written = new Set()
          tell(what)
        })
      written.add(table)
    },
    heard: (tables) => tell(new Set(tables)),
    subscribe(callback) {
      const listener = (what: ReadonlySet<string>) => callback(what)
      listeners.add(listener)
      unwatch ??= watch()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        unwatch?.()
        unwatch = undefined
      }
    },
  }
}
