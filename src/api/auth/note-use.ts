import type { Log } from '../../shared/log.ts'

/** Writes down that `key` was used; while that still goes on for it, does nothing. */
export type NoteUse = (key: string, write: () => Promise<void>) => void

/**
 * Notes uses behind the request that made them: a database that is locked or a full disk must not keep the owner from
 * seeing what is there. A note that fails is lost, and the next use makes another.
 */
export function createNoteUse(log: Log): NoteUse {
  const writing = new Set<string>()
  return (key, write) => {
    if (writing.has(key)) return
    writing.add(key)
    void write()
      .catch((error) => log.debug({ err: error }, 'a use is not noted'))
      .finally(() => writing.delete(key))
  }
}
