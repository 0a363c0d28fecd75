import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { idMaker } from '../../shared/ids.ts'
import { silentLog } from '../../shared/log.ts'
import { describeStore } from '../store.contract.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

let folder = ''

describeStore('SQLite', {
  async open() {
    folder = mkdtempSync(join(tmpdir(), 'answerphone-store-'))
    const clock = fakeClock()
    const makeId = idMaker(clock, seededRandom())
    return openSqliteStore({ file: join(folder, 'answerphone.db'), clock, makeId, log: silentLog })
  },
  cleanUp: async () => rmSync(folder, { recursive: true }),
})
