import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { withStore as withStoreOrNone } from '../cli/doctor/with-store.ts'
import { readConfig } from '../config.ts'
import { hashCredentials } from '../shared/credentials.ts'
import { doctorErrors } from '../shared/doctor-errors.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { checkAddress } from './check-address.ts'
import { checkClock } from './check-clock.ts'
import { checkDatabase, checkFolder, checkSpace } from './check-data.ts'
import { checkLines } from './check-lines.ts'
import { checkNumberLists } from './check-number-lists.ts'
import { checkPhones, checkPhonesFrom } from './check-phones.ts'
import { checkPorts, checkRtpPorts } from './check-ports.ts'
import { checkNode, checkPage, checkPrompts } from './check-program.ts'
import type { Finding } from './finding.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerphone-doctor-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const clock = fakeClock()
const tools = { clock, makeId: idMaker(clock, seededRandom()) }

const withStore = (data: string, given: typeof tools, look: (store: Store) => Promise<Finding[]>) =>
  withStoreOrNone(data, given, async (store) => (store ? look(store) : []))

/** An English text that holds this. */
const says = (part: string | RegExp) => ({
  en: typeof part === 'string' ? expect.stringContaining(part) : expect.stringMatching(part),
  de: expect.any(String),
})

describe('the doctor', () => {
  it('knows which Node is new enough', () => {
    expect(checkNode('24.1.0').level).toBe('ok')
    expect(checkNode('20.20.2')).toMatchObject({ level: 'fail', advice: says('Node 24') })
  })

  it('sees a block list that could not be fetched for long', async () => {
    const now = clock.now()
    const look = (days: number) =>
      withStore(folder, tools, async (store) => {
        for (const list of await store.numberLists.list()) await store.numberLists.remove(list.id)
        const common = { token: null, country: null, minVotes: 10, everyHours: 24, createdAt: 0, nextAt: now }
        await store.numberLists.add({ ...common, name: 'mine', kind: 'file', url: null })
        const { id } = await store.numberLists.add({
          ...{ ...common, name: 'spam', kind: 'url', url: 'https://lists.example/' },
        })
        const problem = { code: 'AP_LIST_TOO_SLOW', details: { seconds: 60 } }
        await store.numberLists.noted(id, { count: 7, readAt: now - days * 86_400_000, problem })
        return checkNumberLists(store, now)
      })
    await openSqliteStore({ file: join(folder, 'answerphone.db'), ...tools, log: silentLog }).then((store) =>
      store.close(),
    )
    expect(await look(2)).toMatchObject([{ level: 'ok', what: says('spam has 7 numbers') }])
    expect(await look(4)).toMatchObject([
      { level: 'warn', code: 'AP_LIST_OLD', what: says('for 4 days (AP_LIST_TOO_SLOW)') },
    ])
  })

  it('sees a clock that is wrong', () => {
    const now = clock.now()
    expect(checkClock({ now: 0 }).level).toBe('fail')
    expect(checkClock({ now, newestCallAt: now + 3600_000 }).level).toBe('warn')
    expect(checkClock({ now, newestCallAt: now, isKept: true }).level).toBe('ok')
    expect(checkClock({ now, isKept: false })).toMatchObject({ level: 'warn', code: 'AP_CLOCK_UNWATCHED' })
    const registrars = [{ line: 'home', aheadMs: -3 * 3600_000 }]
    expect(checkClock({ now, registrars })).toMatchObject({
      level: 'warn',
      code: 'AP_CLOCK_WRONG',
      what: says('06:00:00.000Z at the registrar of line home'),
    })
    expect(checkClock({ now, registrars: [{ line: 'home', aheadMs: 30_000 }] }).level).toBe('ok')
  })

  it('looks at the data directory and its disk', async () => {
    expect((await checkFolder(folder)).level).toBe('ok')
    expect((await checkFolder(join(folder, 'not/yet'))).level).toBe('warn')
    writeFileSync(join(folder, 'file'), '')
    expect((await checkFolder(join(folder, 'file'))).level).toBe('fail')
    expect((await checkSpace(join(folder, 'not/yet'))).what.en).toMatch(/\d+ MB free/)
  })

  it('reads the whole database, and tells a damaged one', async () => {
    expect((await checkDatabase(folder, tools)).finding.what.en).toContain('no database yet')
    writeFileSync(join(folder, 'answerphone.db'), Buffer.alloc(8192, 'not a database'))
    chmodSync(join(folder, 'answerphone.db'), 0o600)
    expect((await checkDatabase(folder, tools)).finding).toMatchObject({
      level: 'fail',
      what: says('AP_STORE_CORRUPT'),
    })
  })

  it('tells a port that is taken, one that is free, and those of the running machine', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const taken = (other.address() as { port: number }).port
    const config = readConfig({ data: folder, sip: ['127.0.0.1:0'], http: `127.0.0.1:${taken}` }, {})
    expect((await checkPorts(config, undefined)).map(({ level }) => level)).toEqual(['ok', 'ok', 'fail'])
    other.close()
    const running = {
      pid: 42,
      http: '127.0.0.1:1',
      sip: [{ transport: 'udp', address: '127.0.0.1', port: 2 }],
    }
    expect((await checkPorts(config, running)).map(({ what }) => what.en)).toEqual([
      'the machine is running (process 42): SIP on udp 127.0.0.1:2',
      'the page and the API are served on 127.0.0.1:1',
    ])
  })

  it('judges the range for audio', async () => {
    const level = async (rtpPorts: string) =>
      (await checkRtpPorts(readConfig({ data: folder, rtpPorts }, {}))).level
    expect(await level('20000-24999')).toBe('ok')
    expect(await level('5000-6000')).toBe('fail')
    expect(await level('20000-20003')).toBe('warn')
  })

  it('tells a phone that has never registered, and lets one be that is off', async () => {
    expect(await withStore(folder, tools, (store) => checkPhones(store, tools))).toEqual([])
    const store = await openSqliteStore({ file: join(folder, 'answerphone.db'), ...tools, log: silentLog })
    expect(
      (await withStore(folder, tools, (store) => checkPhones(store, tools))).map(({ what }) => what.en),
    ).toEqual(['no phones: the machine takes every call'])
    const hashes = hashCredentials('kitchen', 'answerphone', 'secret')
    const fields = { mailboxIds: [], speaker: false, speakerGainDb: 0, createdAt: 0 }
    const { id } = await store.phones.add({ ...fields, name: 'kitchen' }, hashes)
    await store.phones.add({ ...fields, name: 'attic' }, hashes)
    const binding = {
      ...{ phoneId: id, contact: 'sip:a', transport: 'udp', address: '192.0.2.7', port: 5062, path: [] },
      ...{
        localAddress: '192.0.2.1',
        localPort: 5060,
        callId: 'a',
        cseq: 1,
        q: 1,
        instance: null,
        regId: null,
      },
      ...{ userAgent: '', expiresAt: clock.now() + 1 },
    }
    await store.bindings.put(binding)
    const said = async () =>
      (await withStore(folder, tools, (store) => checkPhones(store, tools))).map(
        ({ level, what }) => `${level} ${what.en}`,
      )
    const never = 'warn phone attic has never registered'
    expect(await said()).toEqual(['ok 2 phones, 1 registered now', never])
    await store.bindings.put({ ...binding, expiresAt: clock.now() })
    expect(await said()).toEqual(['ok 2 phones, 0 registered now', never])
    await store.close()
  })

  it('warns of phones from anywhere', () => {
    expect(checkPhonesFrom(readConfig({}, {})).level).toBe('ok')
    for (const block of ['0.0.0.0/0', '::/0'])
      expect(checkPhonesFrom(readConfig({ phonesFrom: ['10.0.0.0/8', block] }, {}))).toMatchObject({
        level: 'warn',
        advice: says('internet'),
      })
  })

  it('finds the prompts, and misses them and the page', () => {
    expect(checkPrompts().level).toBe('ok')
    expect(checkPrompts(folder).level).toBe('fail')
    expect(checkPage(folder).level).toBe('warn')
  })

  it('tells lines that are registered, that are not, and why', async () => {
    const file = join(folder, 'answerphone.db')
    const store = await openSqliteStore({ file, ...tools, log: silentLog })
    expect((await withStore(folder, tools, (opened) => checkLines(opened, true)))[0]).toMatchObject({
      level: 'warn',
      what: says('no lines'),
    })
    const mailbox = await store.mailboxes.add({
      name: 'home',
      greetingId: null,
      longestSeconds: 180,
      shortestSeconds: 2,
      silenceSeconds: 0,
      afterPickUp: 'keep',
    })
    const account = {
      registrar: 'sip:sip.example.com',
      user: 'u',
      authUser: null,
      password: 'p',
      outboundProxy: null,
      expirySeconds: 600,
    }
    const fields = {
      number: null,
      trunk: [],
      mailboxId: mailbox.id,
      ringSeconds: 18,
      callBack: null,
      account,
    }
    for (const name of ['failing', 'never', 'well']) {
      const { id: lineId } = await store.lines.add({ ...fields, name })
      const problem = { code: 'AP_REGISTRAR_SILENT', detail: 'udp 192.0.2.9:5060' }
      const row = { lineId, since: 0, toldLostSince: null, publicAddress: null, server: 'udp 192.0.2.9:5060' }
      if (name === 'failing') await store.registrations.put({ ...row, state: 'failing', problem })
      if (name === 'well') await store.registrations.put({ ...row, state: 'registered', problem: null })
    }
    await store.close()
    const look = (isRunning: boolean) => withStore(folder, tools, (opened) => checkLines(opened, isRunning))
    expect(await look(false)).toMatchObject([
      { level: 'warn', what: says(/not running; as of 1970-.* it was AP_REGISTRAR_SILENT/) },
      { level: 'warn', what: says('never been tried') },
      { level: 'warn', what: says(/not running; as of 1970-.* it was registered/) },
    ])
    const address = (addresses: string[], isContainer = false, publicAddress?: string) =>
      withStore(folder, tools, (opened) =>
        checkAddress(opened, { publicAddress, stunServer: undefined }, { addresses, isContainer }),
      )
    // The registrar at 192.0.2.9 has not said how it sees us.
    expect(await address(['192.168.1.2'])).toMatchObject([
      {
        level: 'warn',
        advice: says('from 192.0.2.9 are told to send their sound to 192.168.1.2'),
      },
      { level: 'warn' },
    ])
    expect(await address(['172.17.0.2'], true)).toMatchObject([
      { level: 'warn', advice: says('--network host') },
    ])
    expect(await address(['172.17.0.2'], true, '203.0.113.9')).toMatchObject([{ level: 'ok' }])
    expect(await address(['192.168.1.2', '203.0.113.9'])).toEqual([])
    expect(await look(true)).toMatchObject([
      { level: 'fail', advice: says('udp 192.0.2.9:5060') },
      { level: 'warn', what: says('never been tried') },
      { level: 'ok', what: says('line well is registered at udp 192.0.2.9:5060') },
    ])
  })
})

it('docs/doctor.md names each code that only the doctor finds', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/doctor.md'), 'utf8')
  for (const code of Object.keys(doctorErrors)) expect(text, code).toContain(`\`${code}\``)
})
