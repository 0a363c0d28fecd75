import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import type { Carrier, Outcome, Parcel } from '../../notify/outbox/carrier.ts'
import { webhookBody } from '../contract.ts'
import { composeTold, fillEvent, toldOfFill, toldOfLine, toldOfLock, toldOfStorage } from '../views/told.ts'

let desk: ApiDesk
let outcome: Outcome
let carried: Parcel[]
const carrier: Carrier = {
  kind: 'webhook',
  heedsQuiet: false,
  async carry(_target, parcel) {
    carried.push(parcel)
    return outcome
  },
}
beforeEach(async () => {
  desk = await openApiDesk({ carriers: [carrier] })
  outcome = { kind: 'taken' }
  carried = []
})
afterEach(() => desk[Symbol.asyncDispose]())

async function ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) {
  const headers = { ...desk.asToken }
  const answer = await desk.api.inject({
    method,
    url: `/api/v1${path}`,
    headers,
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
}
const hook = { kind: 'webhook', name: 'ha', url: 'http://ha.example:8123/api/webhook/x' }

it('adds webhooks, shows their secret once, changes, tests and removes them', async () => {
  const added = await ask('POST', '/targets', hook)
  expect(added).toMatchObject({ status: 201, body: { ...hook, enabled: true, waiting: 0, ntfy: null } })
  expect(added.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(added.body.events).toHaveLength(14)
  expect(await ask('POST', '/targets', hook)).toMatchObject({ status: 409, body: { code: 'AP_NAME_TAKEN' } })
  const { body } = await ask('GET', '/targets')
  expect(body).toMatchObject([{ name: 'ha', hasSecret: true }])
  expect(JSON.stringify(body)).not.toContain('whsec_')
  expect(await ask('PATCH', '/targets/ha', { events: ['message-new'], enabled: false })).toMatchObject({
    body: { events: ['message-new'], enabled: false, hasSecret: true },
  })
  expect(await ask('POST', '/targets/ha/test')).toEqual({ status: 200, body: { taken: true, why: '' } })
  expect(webhookBody.parse(JSON.parse(carried[0]?.body ?? ''))).toMatchObject({ type: 'test', version: 1 })
  outcome = { kind: 'later', why: 'it answers 502' }
  expect((await ask('POST', '/targets/ha/test')).body).toEqual({ taken: false, why: 'it answers 502' })
  expect((await ask('GET', '/targets')).body).toMatchObject([{ lastProblem: 'it answers 502' }])
  expect((await ask('DELETE', '/targets/ha')).status).toBe(204)
  expect((await ask('DELETE', '/targets/ha')).status).toBe(404)
})

it.each([
  { url: 'ftp://example.org' },
  { url: 'nonsense' },
  { name: 'two words' },
  { secret: 'short' },
  { events: [] },
  { events: ['everything'] },
  { quiet: [{ days: ['mon'], from: '25:00', to: '07:00' }] },
])('refuses %o', async (wrong) => {
  expect(await ask('POST', '/targets', { ...hook, ...wrong })).toMatchObject({
    status: 400,
    body: { code: 'AP_INPUT_INVALID' },
  })
})

it('shows no query of an address, which may be a secret, and takes none that was hidden', async () => {
  const url = 'http://ha.example:8123/hook?token=s3cret#s3cret'
  const answers = [
    await ask('POST', '/targets', { ...hook, url }),
    await ask('PATCH', '/targets/ha', { enabled: false }),
    await ask('GET', '/targets'),
  ]
  expect(JSON.stringify(answers)).not.toContain('s3cret')
  const shown = 'http://ha.example:8123/hook?…'
  expect(answers[2]?.body).toMatchObject([{ url: shown }])
  expect(await ask('PATCH', '/targets/ha', { url: shown })).toMatchObject({
    status: 400,
    body: { code: 'AP_INPUT_INVALID' },
  })
  expect((await desk.store.targets.get('ha'))?.url).toBe(url)
})

it('is for owners: the URL of a webhook is a secret', async () => {
  const member = await desk.logIn('max', 'member')
  for (const url of ['/api/v1/targets', '/api/v1/deliveries'])
    expect((await desk.api.inject({ url, headers: { ...member } })).statusCode).toBe(403)
})

it('takes no more than can be told at once', async () => {
  for (let count = 0; count < 50; count++) await ask('POST', '/targets', { ...hook, name: `h${count}` })
  expect(await ask('POST', '/targets', hook)).toMatchObject({
    status: 409,
    body: { code: 'AP_TARGET_LIMIT' },
  })
})

it('lists what waits and what was given up, sends it again, and forgets it', async () => {
  await ask('POST', '/targets', hook)
  const { id: messageId } = await desk.leaveMessage()
  const [row] = await desk.store.outbox.list({ limit: 1 })
  const id = row?.id ?? ''
  expect((await ask('GET', '/deliveries?state=waiting&target=ha')).body).toMatchObject([
    { id, target: 'ha', event: 'message-new', state: 'waiting', attempts: 0, endedAt: null },
  ])
  const now = desk.clock.now()
  const dead = {
    state: 'dead',
    attempts: 7,
    nextTryAt: now,
    problem: 'it answers 500',
    endedAt: now,
  } as const
  await desk.store.outbox.settle(id, dead)
  expect((await ask('GET', '/deliveries?state=dead')).body).toMatchObject([
    { id, nextTryAt: null, attempts: 7 },
  ])
  expect((await ask('GET', '/targets')).body).toMatchObject([{ waiting: 0, dead: 1 }])
  expect((await ask('POST', `/deliveries/${id}/retry`)).body).toEqual({ count: 1 })
  await desk.store.outbox.settle(id, dead)
  expect((await ask('POST', '/targets/ha/retry')).body).toEqual({ count: 1 })
  expect((await ask('GET', '/deliveries?state=dead')).body).toEqual([])
  expect((await ask('DELETE', `/deliveries/${id}`)).status).toBe(204)
  for (const [method, path] of [
    ['DELETE', ''],
    ['POST', '/retry'],
  ] as const)
    expect((await ask(method, `/deliveries/${id}${path}`)).status).toBe(404)
  expect(await desk.store.messages.get(messageId)).toBeDefined()
})

it('tells each event in the words of this API, as its schema has it', async () => {
  const { id } = await desk.leaveMessage({ callerNumber: '+4930555' })
  const tools = { store: desk.store, contactOf: () => null }
  const compose = async (event: Parameters<typeof composeTold>[0]['event'], subject: string) =>
    webhookBody.parse(
      JSON.parse(await composeTold({ id: 'e1', event, subject, at: desk.clock.now() }, tools)),
    )
  expect(await compose('message-new', id)).toMatchObject({
    ...{ version: 1, id: 'e1', type: 'message-new' },
    data: { message: { id, callerNumber: '+4930555', mailbox: 'home', line: 'home' } },
  })
  await desk.store.transcripts.add(id, desk.clock.now())
  await desk.store.transcripts.settle(id, { state: 'done', text: 'Call me back', nextAt: null })
  expect(await compose('message-transcribed', id)).toMatchObject({
    data: { message: { id, transcript: { state: 'done', text: 'Call me back' } } },
  })
  expect(await compose('message-deleted', 'gone')).toMatchObject({ data: { message: null } })
  expect(await compose('call-arrived', 'gone')).toMatchObject({ data: { call: null } })
  const problem = { code: 'AP_REGISTRAR_SILENT', detail: 'nothing' }
  const lost = toldOfLine({ line: 'home', since: desk.clock.now(), problem })
  expect(await compose('line-lost', lost)).toMatchObject({ data: { line: { name: 'home', problem } } })
  const lock = toldOfLock({ mailbox: 'home', callerNumber: null, until: desk.clock.now() })
  expect(await compose('pin-locked', lock)).toMatchObject({
    data: { lock: { mailbox: 'home', callerNumber: null, until: expect.stringMatching(/Z$/) } },
  })
  const fill = { mailbox: 'home', level: 'filling', percent: 80 } as const
  expect(fillEvent(fill)).toBe('mailbox-filling')
  expect(await compose('mailbox-filling', toldOfFill(fill))).toMatchObject({
    data: { fill: { mailbox: 'home', percent: 80 } },
  })
  const full = [{ code: 'AP_DISK_FULL', message: 'The disk is full.' }]
  expect(await compose('storage-full', toldOfStorage(full))).toMatchObject({ data: { problems: full } })
})
