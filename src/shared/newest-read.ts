/**
 * Reads what is kept in memory anew, as often as it changes. Where reads overlap, one that is slow must not bring back what
 * was so before a faster one that began after it: what that came to stays. One that fails takes nothing away.
 *
 * @returns what reads once; it resolves when that is in memory or out of date, and rejects as the read does
 */
export function newestRead<Value>(
  read: () => Promise<Value>,
  take: (value: Value) => void,
): () => Promise<void> {
  let begun = 0
  let taken = 0
  return async () => {
    const mine = ++begun
    const value = await read()
    if (mine < taken) return
    taken = mine
    take(value)
  }
}
