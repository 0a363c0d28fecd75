import { expect, it } from 'vitest'
import { openApiDesk } from '../../../test/helpers/api-desk.ts'
import { callLine } from '../../cli/doctor/call-line.ts'
import { fail, ok } from '../../doctor/finding.ts'
import { idMaker } from '../../shared/ids.ts'
import { systemRandom } from '../../shared/random.ts'

const findings = [
  ok('clock', 'the clock says so', 'die Uhr sagt es'),
  fail('lines', {
    code: 'AP_REGISTRAR_SILENT',
    details: { detail: 'udp 192.0.2.9:5060' },
    what: { en: 'line home is not registered', de: 'Leitung home ist nicht angemeldet' },
    de: 'Der Registrar antwortet nicht.',
  }),
]
const examined = () =>
  openApiDesk({ doctor: { examine: async () => findings, rtpPorts: { from: 20_000, to: 24_999 } } })
const heard = { told: '192.168.1.2', packetsSent: 300, packetsLost: 0, jitterMs: 2 } as const

it('tells owners, and nobody else, what is wrong and by which numbers the sound may be tested', async () => {
  await using desk = await examined()
  await desk.store.lines.set('home', { number: '+49301234567', callBack: 'sip:192.0.2.7' })
  const get = (headers: object) => desk.api.inject({ url: '/api/v1/doctor', headers: { ...headers } })
  expect((await get({})).statusCode).toBe(401)
  expect((await get(await desk.logIn('kim', 'member'))).statusCode).toBe(403)
  const answer = (await get(desk.asToken)).json()
  expect(answer.findings).toEqual(findings)
  expect(answer.findings[1].advice.en).toContain('udp 192.0.2.9:5060')
  expect(answer.soundTests).toEqual([{ line: 'home', number: '+49301234567', kind: 'own' }])
  // Looking calls nobody.
  expect(desk.machine.called).toEqual([])
})

it.each([
  [
    'no packet',
    { packetsReceived: 0, heard: { kind: 'silence' } },
    'fail',
    'AP_ECHO_SILENT',
    /192\.168\.1\.2.*20000-24999/,
  ],
  ['silence', { packetsReceived: 300, heard: { kind: 'silence' } }, 'fail', 'AP_ECHO_MUTE', /20000-24999/],
  ['another', { packetsReceived: 300, heard: { kind: 'foreign' } }, 'warn', 'AP_ECHO_FOREIGN', /4443/],
  ['an echo', { packetsReceived: 300, heard: { kind: 'echo', delayMs: 120 } }, 'ok', null, /./],
  [
    'a late echo',
    { packetsReceived: 300, heard: { kind: 'echo', delayMs: 800 } },
    'warn',
    'AP_ECHO_POOR',
    /800 ms later/,
  ],
  [
    'a torn echo',
    { packetsReceived: 270, packetsLost: 30, heard: { kind: 'echo', delayMs: 80 } },
    'warn',
    'AP_ECHO_POOR',
    /10 %/,
  ],
] as const)('judges a call that heard %s', async (_what, result, level, code, advice) => {
  await using desk = await examined()
  desk.machine.sound = { kind: 'heard', ...heard, ...result }
  const ask = (number: string, line = 'home') =>
    desk.api.inject({
      method: 'POST',
      url: `/api/v1/lines/${line}/sound-test`,
      headers: desk.asToken,
      payload: { number },
    })
  const answer = (await ask('4443')).json()
  expect(answer).toMatchObject({ area: 'sound', level, code })
  for (const text of code === null ? [] : [answer.advice.en]) expect(text).toMatch(advice)
  expect(JSON.stringify(answer)).not.toMatch(/\{\w+\}/)
  expect(desk.machine.called).toEqual(['4443'])
  expect((await ask('sip:me@example.com')).statusCode).toBe(400)
  expect((await ask('4443', 'attic')).statusCode).toBe(404)
})

it.each([
  [{ kind: 'no-way' }, 'AP_ECHO_NO_WAY'],
  [{ kind: 'busy' }, 'AP_ECHO_BUSY'],
  [{ kind: 'refused', status: 403 }, 'AP_ECHO_REFUSED'],
  [{ kind: 'unanswered' }, 'AP_ECHO_UNANSWERED'],
] as const)('judges a call that came to nothing: %j', async (result, code) => {
  await using desk = await examined()
  desk.machine.sound = result
  const url = '/api/v1/lines/home/sound-test'
  const payload = { number: '+49301234567' }
  const answer = await desk.api.inject({ method: 'POST', url, headers: desk.asToken, payload })
  expect(answer.json()).toMatchObject({ code, what: { en: expect.any(String), de: expect.any(String) } })
})

it('is asked for a call by the command, through the machine that runs, with a token that is gone afterwards', async () => {
  await using desk = await examined()
  desk.machine.sound = { kind: 'heard', ...heard, packetsReceived: 300, heard: { kind: 'echo', delayMs: 90 } }
  const { host, port } = await desk.api.listen('127.0.0.1', 0)
  const tools = { store: desk.store, clock: desk.clock, makeId: idMaker(desk.clock, systemRandom) }
  const call = (to: string, line?: string) => callLine({ to, line }, { http: `${host}:${port}` }, tools)
  await expect(call('4443')).rejects.toThrow('no line can call out')
  await desk.store.lines.set('home', { callBack: 'sip:192.0.2.7', number: '+49301234567' })
  const before = await desk.store.tokens.list()
  expect(await call('4443')).toMatchObject({
    level: 'ok',
    what: { en: expect.stringContaining('after 90 ms') },
  })
  expect(await call('own', 'home')).toMatchObject({ level: 'ok' })
  expect(desk.machine.called).toEqual(['4443', '+49301234567'])
  expect(await desk.store.tokens.list()).toEqual(before)
  await expect(call('echo')).rejects.toThrow('no number is known there')
  await expect(call('4443', 'attic')).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
  await expect(call('sip:me')).rejects.toMatchObject({ code: 'AP_INPUT_INVALID' })
})
