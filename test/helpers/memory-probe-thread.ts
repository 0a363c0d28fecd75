import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { threadName } from 'node:worker_threads'

/**
 * What `openMemoryProbe` puts before each thread of a program: asked by a file, it collects garbage and tells in another
 * what is kept: objects, and buffers outside of the heap. What V8 has compiled is left out, which grows for hours.
 */
const COMPILED = /code|trusted|shared/
const dir = process.env['ANSWERPHONE_MEMORY_PROBE'] ?? ''
const ask = join(dir, 'ask')
let answered = ''

const look = () => {
  const asked = existsSync(ask) ? readFileSync(ask, 'utf8') : ''
  if (asked === answered) return
  answered = asked
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as NodeJS.GCFunction
  // What waits for a finalizer goes with the second.
  collect({ type: 'major', execution: 'sync' })
  setTimeout(() => {
    collect({ type: 'major', execution: 'sync' })
    const objects = getHeapSpaceStatistics()
      .filter(({ space_name }) => !COMPILED.test(space_name))
      .reduce((sum, { space_used_size }) => sum + space_used_size, 0)
    const file = join(dir, `${asked} ${threadName || 'main'}`)
    writeFileSync(`${file}.new`, String(objects + process.memoryUsage().external))
    renameSync(`${file}.new`, file)
  }, 100)
}
setInterval(look, 100).unref()
