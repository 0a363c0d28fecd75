import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { aTarget } from '../../store/contract/outbox.contract.ts'
import { TARGET_EVENTS, type Target } from '../../store/model.ts'
import type { PostOrder } from '../http/post.ts'
import { createNtfyCarrier, type Encode } from '../ntfy/ntfy-carrier.ts'
import { createWebhookCarrier, type HttpTools } from '../webhook/webhook-carrier.ts'
import type { Carrier, Outcome, Parcel } from './carrier.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerphone-carriers-'))
const sound = join(folder, 'sound.mp3')
writeFileSync(sound, 'mp3')
const encode: Encode = async (id) => {
  if (id !== 'm1') throw new Error('there is none')
  return { path: sound, async [Symbol.asyncDispose]() {} }
}

const CALLED = {
  contact: null,
  callerName: 'Zoë',
  callerNumber: '+4930555',
  callerDisplay: '030 555',
  line: 'home',
}
const DATA = {
  message: { ...CALLED, durationMs: 41_600 },
  call: CALLED,
  line: { name: 'office', problem: { code: 'AP_REGISTRAR_SILENT' } },
  problems: [{ message: 'The disk is full.' }],
}
const parcel = (event: Parcel['event'], data: object = DATA, subject = 'm1'): Parcel => ({
  ...{ id: 'e1', event, subject, at: 5 },
  body: JSON.stringify({ version: 1, id: 'e1', type: event, data }),
})

/** What each carrier must do: all of one kind, whoever is told. */
const KINDS: readonly { readonly create: (tools: HttpTools) => Carrier; readonly target: Target }[] = [
  {
    create: createWebhookCarrier,
    target: { ...aTarget('hook'), id: 't1', lastTriedAt: null, lastProblem: '' },
  },
  {
    create: (tools) => createNtfyCarrier(tools, { encode }),
    target: {
      ...aTarget('topic', { kind: 'ntfy', secret: 'tk_secret' }),
      ...{ id: 't2', lastTriedAt: null, lastProblem: '' },
      ntfy: { priority: 4, click: null, attach: false, language: 'en' },
    },
  },
]

function bench(create: (tools: HttpTools) => Carrier, outcome: Outcome = { kind: 'taken' }) {
  const orders: PostOrder[] = []
  const thread = {
    async post(order: PostOrder) {
      orders.push(order)
      return outcome
    },
  }
  const reach = () => ({ publicOnly: true, ownPorts: [8080] })
  return { orders, carrier: create({ thread, reach, clock: fakeClock() }) }
}

describe.each(KINDS)('a carrier to $target.name', ({ create, target }) => {
  it('is of the kind of its targets, and sends every event to the URL, within reach', async () => {
    const { orders, carrier } = bench(create)
    expect(carrier.kind).toBe(target.kind)
    for (const event of [...TARGET_EVENTS, 'test'] as const)
      expect(await carrier.carry(target, parcel(event))).toEqual({ kind: 'taken' })
    expect(orders).toHaveLength(TARGET_EVENTS.length + 1)
    for (const { url, reach } of orders) {
      expect(url).toBe(target.url)
      expect(reach).toEqual({ publicOnly: true, ownPorts: [8080] })
    }
  })

  it('tells how it went', async () => {
    const outcomes: Outcome[] = [
      { kind: 'later', why: 'it answers 503', afterMs: 5 },
      { kind: 'refused', why: 'it answers 400' },
      { kind: 'gone', why: 'it answers 410' },
    ]
    for (const outcome of outcomes)
      expect(await bench(create, outcome).carrier.carry(target, parcel('message-new'))).toEqual(outcome)
  })

  it('takes what is gone meanwhile, and keeps its secret out of URL and body', async () => {
    const { orders, carrier } = bench(create)
    for (const event of ['message-new', 'call-ended'] as const)
      await carrier.carry(target, parcel(event, { message: null, call: null }, 'gone'))
    for (const { url, body, headers } of orders) {
      expect(`${url}${body}`).not.toContain('secret')
      for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7e]*$/)
    }
  })
})

describe('ntfy', () => {
  const [, { target }] = KINDS as readonly [unknown, (typeof KINDS)[number]]
  const told = async (change: Partial<NonNullable<Target['ntfy']>>, sent = parcel('message-new')) => {
    const { orders, carrier } = bench((tools) => createNtfyCarrier(tools, { encode }))
    const ntfy = { priority: 4, click: null, attach: false, language: 'en' as const, ...change }
    await carrier.carry({ ...target, ntfy }, sent)
    return orders[0]
  }
  const decoded = (text = '') =>
    text.replace(/=\?UTF-8\?B\?([^?]*)\?= ?/g, (_, word: string) => Buffer.from(word, 'base64').toString())

  it('has words for people, whatever letters are in them, a priority and a token', async () => {
    const order = await told({ click: 'https://phone.example/' })
    expect(decoded(order?.headers['title'])).toBe('New message from Zoë')
    expect(order).toMatchObject({ method: 'POST', body: '030 555 · on home · 0:42' })
    expect(order?.headers).toMatchObject({
      ...{ priority: '4', tags: 'envelope_with_arrow', authorization: 'Bearer tk_secret' },
      click: 'https://phone.example/',
    })
    expect(decoded((await told({ language: 'de' }))?.headers['title'])).toBe('Neue Nachricht von Zoë')
    const long = await told({}, parcel('line-lost', { line: { name: 'ü'.repeat(60), problem: null } }))
    expect(decoded(long?.headers['title'])).toBe(`Line ${'ü'.repeat(60)} is lost`)
    for (const word of long?.headers['title']?.split(' ') ?? []) expect(word.length).toBeLessThanOrEqual(75)
    const lock = { mailbox: 'home', callerNumber: null, until: '2026-01-05T12:34:00.000Z' }
    const locked = await told({}, parcel('pin-locked', { lock }))
    expect([locked?.headers?.['title'], locked?.body]).toEqual([
      'Wrong PINs for mailbox home',
      expect.stringMatching(/^Number withheld · no PIN is taken until .*2026.*34/),
    ])
    const evil = await told({}, parcel('line-lost', { line: { name: 'x\r\nClick: evil', problem: null } }))
    expect(evil?.headers['title']).not.toMatch(/[\r\n]/)
  })

  it('has the first words of what was said', async () => {
    const said = (text: string) =>
      told({}, parcel('message-transcribed', { message: { ...CALLED, transcript: { text } } }))
    const order = await said('Please call me back.')
    expect(decoded(order?.headers['title'])).toBe('What Zoë said')
    expect(order?.body).toBe('Please call me back.')
    expect((await said('a'.repeat(999)))?.body).toBe(`${'a'.repeat(240)}…`)
  })

  it('has them under a new message that has some, and goes without what can not be had', async () => {
    const note = async (said: () => Promise<string>, sent = parcel('message-new')) => {
      const { orders, carrier } = bench((tools) => createNtfyCarrier(tools, { said }))
      await carrier.carry(target, sent)
      return orders[0]?.body
    }
    const line = '030 555 · on home · 0:42'
    expect(await note(async () => 'Call me.')).toBe(`${line}\nCall me.`)
    expect(await note(async () => '')).toBe(line)
    expect(await note(() => Promise.reject(new Error('no database')))).toBe(line)
    expect(await note(async () => 'Call me.', parcel('message-heard'))).toBe(line)
  })

  it('has the recording where that is wanted, and can be had', async () => {
    const order = await told({ attach: true })
    expect(order).toMatchObject({ method: 'PUT', headers: { filename: 'message.mp3' } })
    expect(Buffer.from(order?.body as Uint8Array).toString()).toBe('mp3')
    expect(decoded(order?.headers['message'])).toBe('030 555 · on home · 0:42')
    expect(await told({ attach: true }, parcel('message-new', DATA, 'gone'))).toMatchObject({
      method: 'POST',
    })
    expect(await told({ attach: true }, parcel('message-heard'))).toMatchObject({ method: 'POST' })
    rmSync(folder, { recursive: true })
  })
})
