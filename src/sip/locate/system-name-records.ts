import { lookup, Resolver } from 'node:dns/promises'
import type { NameRecords } from './name-records.ts'

/** A line has to stand within seconds, though the first name server be gone. */
const resolver = new Resolver({ timeout: 2000, tries: 2 })

/** Asks the name servers of this machine. Addresses come as for every program here, from `/etc/hosts` too. */
export const systemNameRecords: NameRecords = {
  naptr: (name) => orNone(resolver.resolveNaptr(name)),
  srv: (name) => orNone(resolver.resolveSrv(name)),
  async addresses(name) {
    const found = await orNone(lookup(name, { all: true, order: 'verbatim' }))
    return found.map(({ address }) => address)
  },
}

/** The name, or records of that kind, are not there. A server that refuses or is silent has said nothing. */
const NONE: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA', 'ENONAME'])

async function orNone<Record>(asked: Promise<readonly Record[]>): Promise<readonly Record[]> {
  try {
    return await asked
  } catch (error) {
    if (NONE.has((error as NodeJS.ErrnoException).code)) return []
    throw error
  }
}
