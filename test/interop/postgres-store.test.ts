import { Client } from 'pg'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { systemClock } from '../../src/shared/clock.ts'
import { idMaker } from '../../src/shared/ids.ts'
import { silentLog } from '../../src/shared/log.ts'
import { systemRandom } from '../../src/shared/random.ts'
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store.ts'
import { describeStore } from '../../src/store/store.contract.ts'
import { type PostgresServer, postgresPrograms, startPostgres } from '../helpers/postgres.ts'

/** The store's contract on a real server. */
const programs = postgresPrograms()

if (programs === undefined) {
  describe.skip('PostgreSQL (not installed: postgresql)', () => it('keeps the contract', () => undefined))
} else {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres(programs)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  describeStore('PostgreSQL', {
    async open() {
      const client = new Client(server.url)
      await client.connect()
      await client.query('drop schema public cascade; create schema public')
      await client.end()
      const makeId = idMaker(systemClock, systemRandom)
      return openPostgresStore({ url: server.url, clock: systemClock, makeId, log: silentLog })
    },
    cleanUp: async () => undefined,
  })
}
