import { flushCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * For a thread that has loaded its program and will run for weeks: keeps what was compiled for the next start (by
 * itself Node keeps it only at an end in good order, which may never come), and gives back the memory that loading
 * took. V8 would not do the latter before the heap has doubled; 25 MB on the main thread. Stops the thread for about
 * 0.1 s, once.
 */
export function settleMemory(): void {
  flushCompileCache()
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as NodeJS.GCFunction
  setFlagsFromString('--no-expose-gc')
  collect({ type: 'major', flavor: 'last-resort', execution: 'sync' })
}
