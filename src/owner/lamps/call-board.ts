import type { LampCall, Resource } from './lamps.ts'

/** The calls that go on, as keys show them. */
export interface CallBoard {
  /** Both say whose keys may look different now, as ids of mailboxes. */
  put(call: LampCall): readonly string[]
  remove(id: string): readonly string[]
  /** The calls of a resource, the oldest of a mailbox first. */
  of(resource: Resource): readonly LampCall[]
}

/** Calls are kept by mailbox, because a house with a thousand calls has a key for few of them. */
export function createCallBoard(): CallBoard {
  const homes = new Map<string, string>()
  const mailboxes = new Map<string, Map<string, LampCall>>()

  function remove(id: string): readonly string[] {
    const home = homes.get(id)
    if (home === undefined) return []
    homes.delete(id)
    const calls = mailboxes.get(home)
    calls?.delete(id)
    if (calls?.size === 0) mailboxes.delete(home)
    return [home]
  }

  return {
    put(call) {
      const left = homes.get(call.id) === call.mailboxId ? [] : remove(call.id)
      const calls = mailboxes.get(call.mailboxId) ?? new Map<string, LampCall>()
      mailboxes.set(call.mailboxId, calls.set(call.id, call))
      homes.set(call.id, call.mailboxId)
      return [...left, call.mailboxId]
    },
    remove,
    of: ({ mailboxIds, line }) =>
      mailboxIds
        .flatMap((mailboxId) => [...(mailboxes.get(mailboxId)?.values() ?? [])])
        .filter((call) => line === undefined || call.line === line),
  }
}
