import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { start } from '../helpers/processes.ts'
import { BIN, startMachine } from '../helpers/running-machine.ts'

const temporaryFolder = () => {
  const path = mkdtempSync(join(tmpdir(), 'apply-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

const isLocked = (database: Sqlite.Database) => {
  try {
    database.exec('begin immediate; rollback')
    return false
  } catch {
    return true
  }
}

const FILE = `
house:
  country: AT
  quietHours: [{ days: [sat], from: "22:00", to: "07:00" }]
  keepCallsDays: 30
lines:
  office: { trunk: [127.0.0.1], ringSeconds: 7 }
`

it('applies a file while the machine runs, which heeds it, and while it does not', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'house.yaml')
  const data = join(folder.path, 'data')
  writeFileSync(file, FILE)
  let cli: (...args: string[]) => Promise<string>
  {
    await using machine = await startMachine({ data })
    cli = machine.cli
    const said = await cli('apply', file, '--dry-run')
    expect(said).toContain('~ house: country none → AT, keepCallsDays none → 30, quietHours')
    expect(said).toContain('+ line office\n')
    expect(await (await machine.api('/house')).json()).toMatchObject({ country: null })
    expect(await cli('apply', file)).toBe(said.replace(/Nothing was changed.*\n/, ''))
    expect(await (await machine.api('/house')).json()).toMatchObject({ country: 'AT', from: 'setting' })
    expect(await (await machine.api('/storage')).json()).toMatchObject({ keepCallsDays: 30 })
    await expect.poll(() => machine.metrics()).toContain('answerphone_line_ring_seconds{line="office"} 7')
    expect(await cli('apply', file)).toBe('Nothing to do.\n')
  }
  writeFileSync(file, FILE.replace('AT', 'DE'))
  expect(await cli('apply', file)).toBe('~ house: country AT → DE\n')
  await using machine = await startMachine({ data })
  expect(await (await machine.api('/house')).json()).toMatchObject({ country: 'DE' })
})

it('leaves nothing where it is killed in the middle, and does all the next time', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'house.yaml')
  const data = join(folder.path, 'data')
  const apply = () => start(process.execPath, [BIN, 'apply', file, '--data', data])
  const lines = () => database.prepare('select name from lines').pluck().all()
  writeFileSync(file, 'mailboxes: { home: {} }\n')
  expect(await apply().ended).toBe(0)
  const database = new Sqlite(join(data, 'answerphone.db'))
  using _closing = { [Symbol.dispose]: () => void database.close() }
  // The last of all that is written takes for ever.
  database.exec(`create trigger stand before insert on targets begin
    select (with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n); end`)
  writeFileSync(file, `${FILE}targets: { hall: { kind: webhook, url: "http://127.0.0.1:9000/" } }\n`)
  await using applying = apply()
  await expect.poll(() => isLocked(database)).toBe(true)
  await applying.stop('SIGKILL')
  expect(lines()).toEqual([])
  database.exec('drop trigger stand')
  await using again = apply()
  expect(await again.ended).toBe(0)
  expect(again.output()).toContain('+ line office\n+ target hall\n')
  expect(lines()).toEqual(['office'])
})
