const TRIES = 5

/** What this thread has used of the processor, in ms: what else the machine does is no fault of what is measured. */
export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/**
 * The CPU time of this thread, in ms, that `run` takes: of five tries the least, or the first that is below `enough`. What
 * is slow by itself is slow each time; that the garbage of other tests is collected, or code compiled, meets one try.
 */
export async function leastCpuMs(enough: number, run: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let tried = 0; tried < TRIES && least >= enough; tried++) {
    const before = threadCpuMs()
    await run()
    least = Math.min(least, threadCpuMs() - before)
  }
  return least
}
