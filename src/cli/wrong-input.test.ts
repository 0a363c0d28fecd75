import { describe, expect, it } from 'vitest'
import { emptyShell } from '../../test/helpers/empty-shell.ts'
import { systemClock } from '../shared/clock.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { systemRandom } from '../shared/random.ts'
import { callRow } from '../store/contract/sample-rows.contract.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'

const { run, runWith, data } = emptyShell()
const account = ['--registrar', 'sip.example.com', '--user', 'ada', '--password-stdin']

describe('what is wrong is called by the flag that was typed', () => {
  it.each<[string, ...string[]]>([
    ['--hours: write times like 08:30', 'rules', 'add', 'a', '--hours', '99:00-10:00'],
    ['--not-dates: write days like', 'rules', 'add', 'a', '--junk', '--not-dates', 'soon'],
    ['--calls: a number is wanted', 'rules', 'add', 'a', '--calls', 'x'],
    ['--who: write one of favourite, contact,', 'rules', 'add', 'a', '--who', 'aunt'],
    ['--ring-seconds: at most 120', 'rules', 'add', 'a', '--ring-seconds', '999'],
    ['--label: write 1 to 30', 'rules', 'add', 'a', '--label', 'x'.repeat(31)],
    ['--number: write a number like', 'rules', 'add', 'a', '--number', '(a+)+$', '--junk'],
    ['--number: write a number like', 'rules', 'add', 'a', '--number', '[0-9]{3}', '--junk'],
    ['number: write a whole number like', 'blocked', 'add', '(a+)+$'],
    ['number: write a whole number like', 'blocked', 'add', '0900*'],
    ['number: write a whole number like', 'blocked', 'add', 'a b'],
    ['--refuse: write one of busy,', 'rules', 'add', 'a', '--refuse', 'rudely'],
    ['--password-stdin: is empty', 'lines', 'add', 'a', ...account],
    ['--call-out-at-once: at least 1', 'lines', 'set', 'home', '--call-out', 'on', '--call-out-at-once', '0'],
    ['--pin-stdin: 6 to 12 digits', 'mailboxes', 'set', 'home', '--pin-stdin'],
    ['--from: write times like', 'greetings', 'schedule', 'add', 'home', 'shipped', '--from', '99:00'],
    ['AP_INPUT_INVALID: hours: "at night" is no time of day', 'quiet', 'set', 'at night'],
    ['--server: "there" is no address', 'transcription', 'set', '--server', 'there'],
    ['--url: "mqtt://" is no broker', 'mqtt', 'set', '--url', 'mqtt://'],
    ['names no topic', 'ntfy', 'add', 'me', '--url', 'https://ntfy.example/'],
    ['--priority: at most 5', 'ntfy', 'add', 'me', '--url', 'https://ntfy.example/t', '--priority', '9'],
    ['--url: leave user and password out', 'webhooks', 'add', 'me', '--url', 'http://ada:pw@10.0.0.5/'],
    ['no topic "hall"', 'ntfy', 'show', 'hall'],
    ['no topic "hall"', 'ntfy', 'set', 'hall', '--url', 'https://ntfy.example/t'],
    ['no time', 'dnd', 'on', '--until', '25:99'],
    ['Write it like 192.0.2.7:5060', 'call', 'home', '--to', '127.0.0.1:99999'],
    ['Write it like 192.0.2.7:5060', 'call', 'home', '--to', '999.0.0.1:5060'],
  ])('%s', async (says, ...args) => {
    await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
    await run('webhooks', 'add', 'hall', '--url', 'http://10.0.0.5/')
    const { err, code } = await run(...args)
    expect(err).toContain(says)
    expect(code).not.toBe(0)
  })
})

async function call(id: string, callerNumber: string): Promise<void> {
  await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
  const file = `${data()}/answerphone.db`
  const makeId = idMaker(systemClock, systemRandom)
  const store = await openSqliteStore({ file, clock: systemClock, makeId, log: silentLog })
  const line = await store.lines.get('home')
  await store.calls.add(callRow(id, { lineId: line?.id ?? '', callerNumber }))
  await store.close()
}

it('a word is nobody’s number, unless a SIP user of that name has called', async () => {
  await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
  expect((await run('contacts', 'add', 'Ada', 'abc')).err).toContain(
    'number: "abc" is no number, and nobody has called under that name',
  )
  for (const known of ['110', '**610', 'spam.bot2', 'ada@pbx.example'])
    expect((await run('contacts', 'add', `Of ${known}`, known)).code).toBe(0)
  await call('c1', 'abc')
  expect((await run('contacts', 'add', 'Ada', 'abc')).code).toBe(0)
})

it('a list is JSON or CSV, not both', async () => {
  await run('lines', 'add', 'home', '--trunk', '127.0.0.1')
  const { err, code } = await run('calls', 'list', '--csv', '--json')
  expect(err).toContain("AP_INPUT_INVALID: option '--csv'")
  expect(code).not.toBe(0)
})

it('the last call is shown before there is a ladder of it', async () => {
  await call('c7', '+4930')
  expect((await run('calls', 'show', 'last')).json()).toMatchObject({ id: 'c7' })
  expect((await run('calls', 'show', 'last', '--ladder')).err).toContain('AP_LADDER_MISSING')
})

it('what was tried and failed is an error', async () => {
  await run('webhooks', 'add', 'hall', '--url', 'http://127.0.0.1:1/')
  expect(await run('webhooks', 'test', 'hall')).toMatchObject({
    ...{ code: 1, out: '' },
    err: expect.stringContaining('AP_TARGET_NOT_TAKEN'),
  })
  for (const input of [
    '',
    'name;number\nAda;030 1\n',
    'BEGIN:VCARD\nVERSION:2.1\nFN:Ada\nTEL:1\nEND:VCARD\n',
  ])
    expect(await runWith({ input }, 'contacts', 'import', '-')).toMatchObject({
      ...{ code: 1, out: '' },
      err: expect.stringContaining('AP_CONTACTS_NOTHING'),
    })
})

it.runIf(process.platform === 'linux')('a data directory that can never be is said at once', async () => {
  const wrong = { env: { ANSWERPHONE_DATA: '/proc/answerphone' } }
  expect(await runWith(wrong, 'rules', 'add', 'a', '--junk')).toMatchObject({
    ...{ code: 1, out: '' },
    err: expect.stringContaining('AP_DATA_UNUSABLE'),
  })
})

it('says that transcription is off', async () => {
  await runWith({}, 'transcription', 'set', '--command', 'cat')
  expect((await run('transcription', 'off')).out).toBe('Nothing is written down any more.\n')
})
