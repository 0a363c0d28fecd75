import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './processes.ts'
import { freePort } from './sipp.ts'

/** A PostgreSQL server of the test's own, in a temporary folder. */
export interface PostgresServer extends AsyncDisposable {
  readonly url: string
}

const ROOT = '/usr/lib/postgresql'

/** Where Debian keeps the server's programs; undefined when PostgreSQL is not installed or may not be started. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(ROOT) || process.getuid?.() !== 0) return undefined
  const version = readdirSync(ROOT).toSorted((a, b) => Number(b) - Number(a))[0]
  const programs = version && join(ROOT, version, 'bin')
  return programs && existsSync(join(programs, 'initdb')) ? programs : undefined
}

/** Starts a server on loopback. It refuses to run as root, so it runs as Debian's user `postgres`. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'answerphone-pg-'))
  chmodSync(folder, 0o777)
  const port = await freePort('127.0.0.1')
  const as = (program: string, ...args: string[]) =>
    run('runuser', ['-u', 'postgres', '--', join(programs, program), ...args], { cwd: folder })
  const data = join(folder, 'data')
  await as('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync')
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`
  await as('pg_ctl', '-D', data, '-o', settings, '-l', join(folder, 'log'), '-w', 'start')
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async [Symbol.asyncDispose]() {
      await as('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
