import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isClaimed } from './store/sqlite/claim-folder.ts'

const running = z.object({
  pid: z.int(),
  sip: z.array(z.object({ transport: z.string(), address: z.string(), port: z.int() })),
  http: z.string(),
  https: z.string().optional(),
})

/** Where the machine of a data directory can be reached, for commands that talk to it. */
export type Running = z.infer<typeof running>

const fileIn = (data: string) => join(data, 'running.json')

/** Notes the addresses while the machine runs. */
export async function noteRunning(data: string, addresses: Omit<Running, 'pid'>): Promise<AsyncDisposable> {
  await writeFile(fileIn(data), `${JSON.stringify({ pid: process.pid, ...addresses })}\n`, { mode: 0o600 })
  return { [Symbol.asyncDispose]: () => rm(fileIn(data), { force: true }) }
}

/** The machine that runs on this data directory now; undefined when none does, whatever a crash left behind. */
export async function findRunning(data: string): Promise<Running | undefined> {
  if (!isClaimed(data)) return undefined
  try {
    return running.parse(JSON.parse(await readFile(fileIn(data), 'utf8')))
  } catch {
    return undefined
  }
}

/** Where it listens. */
export function portsOf({ sip, http, https }: Running): number[] {
  const ends = [http, ...(https === undefined ? [] : [https])].map((place) => Number(place.split(':').at(-1)))
  return [...sip.map(({ port }) => port), ...ends]
}
