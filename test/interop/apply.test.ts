import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startMachine } from '../helpers/running-machine.ts'

const FILE = `
house:
  country: AT
  quietHours: [{ days: [sat], from: "22:00", to: "07:00" }]
  keepCallsDays: 30
lines:
  office: { trunk: [127.0.0.1], ringSeconds: 7 }
`

it('applies a file while the machine runs, which heeds it, and while it does not', async () => {
  using folder = {
    path: mkdtempSync(join(tmpdir(), 'apply-')),
    [Symbol.dispose]() {
      rmSync(this.path, { recursive: true })
    },
  }
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
