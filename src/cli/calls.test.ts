import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'
import { readPcap } from '../../test/helpers/read-pcap.ts'
import { sampleTrace, sampleTraceRow } from '../../test/helpers/sample-trace.ts'
import { systemClock } from '../shared/clock.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { systemRandom } from '../shared/random.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'

const { run, runWith, data } = emptyShell()

async function keep(...traces: Parameters<typeof sampleTraceRow>[]) {
  await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
  const store = await openSqliteStore({
    file: `${data()}/answerphone.db`,
    clock: systemClock,
    makeId: idMaker(systemClock, systemRandom),
    log: silentLog,
  })
  for (const trace of traces) await store.traces.add(sampleTraceRow(...trace))
  await store.close()
}

describe('answerphone calls show', () => {
  it('draws the ladder, and says how the sound was', async () => {
    await keep([])
    const { out, code } = await run('calls', 'show', 'c1', '--ladder')
    expect(code).toBe(0)
    expect(out).toContain('    0.000  │──')
    expect(out).toContain('Sound of +49301234567, PCMA, 0:14')
    expect(out).toContain(
      'heard  695 packets, 0.4 % lost, 1 late, jitter 4.2 ms, longest gap 61 ms: excellent (4.4)',
    )
    expect(out).toContain('they report 2.0 % lost, jitter 12 ms, round trip 38 ms: good (4.2)')
    expect(out).toContain('Sound of kitchen')
    expect((await run('calls', 'show', 'last', '--ladder')).out).toBe(out)
  })

  it('fits the terminal', async () => {
    await keep([])
    const narrow = await runWith(
      { env: { ANSWERPHONE_DATA: data() }, columns: 50 },
      'calls',
      'show',
      'c1',
      '--ladder',
    )
    for (const line of narrow.out.split('\n').slice(2, 20)) expect([...line].length).toBeLessThanOrEqual(50)
  })

  it('prints whole messages, or all of it as JSON', async () => {
    await keep([])
    const { out } = await run('calls', 'show', 'c1', '--messages')
    expect(out).toContain(
      '── 0.000 203.0.113.5:5060 → 192.0.2.2:5060 udp  INVITE\n\nINVITE sip:home@192.0.2.2 SIP/2.0\n',
    )
    expect(out).not.toContain('│')
    expect((await run('calls', 'show', 'c1', '--ladder', '--json')).json().messages).toHaveLength(14)
  })

  it('writes them as a pcap file', async () => {
    await keep([])
    const file = join(data(), 'call.pcap')
    expect(await run('calls', 'show', 'c1', '--pcap', file)).toMatchObject({ code: 0, out: '' })
    expect(readPcap(await readFile(file)).filter(({ payload }) => payload !== '')).toHaveLength(14)
    expect((await run('calls', 'show', 'c1', '--pcap', '/nowhere/x')).err).toContain('AP_FILE_UNUSABLE')
  })

  it('says what is missing', async () => {
    await keep([sampleTrace({ omitted: { messages: 7, bytes: 4000 } })])
    expect((await run('calls', 'show', 'c1', '--ladder')).out).toContain(
      '7 more messages were not kept (4000 bytes).',
    )
    expect((await run('calls', 'show', 'c2', '--ladder')).err).toContain('AP_LADDER_MISSING')
  })

  it('lists calls within the house', async () => {
    await keep([sampleTrace({ id: 'h1', kind: 'house' }), 'kitchen → sofa'], [])
    const { out } = await run('calls', 'list', '--house')
    expect(out).toMatch(/kitchen → sofa\s+h1\n$/)
    expect((await run('calls', 'list', '--house', '--json')).json()).toMatchObject([{ id: 'h1' }])
  })
})
