import { Client } from 'pg'
import { describe, it } from 'vitest'
import { systemClock } from '../../src/shared/clock.ts'
import { idMaker } from '../../src/shared/ids.ts'
import { silentLog } from '../../src/shared/log.ts'
import { systemRandom } from '../../src/shared/random.ts'
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store.ts'
import { describeStore } from '../../src/store/store.contract.ts'

/** The store's contract on a real server; its database is emptied. */
const url = process.env['ANSWERPHONE_TEST_POSTGRES']

if (url === undefined)
  describe.skip('PostgreSQL: ANSWERPHONE_TEST_POSTGRES names no server', () => it('is asked'))
else
  describeStore('PostgreSQL', {
    async open() {
      const client = new Client(url)
      await client.connect()
      await client.query('drop schema public cascade; create schema public')
      await client.end()
      const makeId = idMaker(systemClock, systemRandom)
      return openPostgresStore({ url, clock: systemClock, makeId, log: silentLog })
    },
    cleanUp: async () => undefined,
  })
