import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from './processes.ts'

/** Looks into the memory of a program that is started with its environment. */
export interface MemoryProbe extends Disposable {
  readonly env: Record<string, string>
  /** Bytes that these threads (`main`, or a worker's name) keep once their garbage is collected. */
  kept<Thread extends string>(threads: readonly Thread[]): Promise<Record<Thread, number>>
}

export function openMemoryProbe(): MemoryProbe {
  const dir = mkdtempSync(join(tmpdir(), 'memory-probe-'))
  let asked = 0
  return {
    env: {
      NODE_OPTIONS: `--import ${join(import.meta.dirname, 'memory-probe-thread.ts')}`,
      ANSWERPHONE_MEMORY_PROBE: dir,
    },
    async kept(threads) {
      asked++
      const fileOf = (thread: string) => join(dir, `${asked} ${thread}`)
      writeFileSync(join(dir, 'ask'), String(asked))
      await eventually(async () => threads.every((thread) => existsSync(fileOf(thread))))
      const answers = threads.map((thread) => [thread, Number(readFileSync(fileOf(thread), 'utf8'))] as const)
      return Object.fromEntries(answers) as Record<(typeof threads)[number], number>
    },
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  }
}
