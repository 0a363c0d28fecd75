import type { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import type { LiveCall } from '../../machine/machine.ts'
import { silentLog } from '../../shared/log.ts'
import { createEventHub } from './event-hub.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

/** An in-process client that reads the events. */
async function listen(headers: object = desk.asToken) {
  const answer = await desk.api.inject({
    url: '/api/v1/events',
    headers: { ...headers },
    payloadAsStream: true,
  })
  const stream: Readable = answer.stream()
  let text = ''
  stream.on('data', (chunk) => {
    text += chunk
  })
  return {
    answer,
    get events() {
      return [...text.matchAll(/^event: (.*)\ndata: (.*)\n\n/gm)].map(([, kind, data]) => [
        kind,
        JSON.parse(data ?? ''),
      ])
    },
    get text() {
      return text
    },
    ended: new Promise<void>((resolve) => stream.on('close', () => resolve())),
  }
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next))
}

const call = async (): Promise<LiveCall> => ({
  id: 'c1',
  lineId: (await desk.store.lines.get('home'))?.id ?? '',
  lineName: 'home',
  mailboxId: (await desk.store.mailboxes.get('home'))?.id ?? '',
  rule: null,
  ringsAsEver: true,
  junk: false,
  gate: null,
  callerNumber: '+49301',
  callerE164: null,
  callerDisplay: null,
  callerName: null,
  attestation: null,
  arrivedAt: desk.clock.now(),
  phase: 'ringing',
  ringsSince: desk.clock.now(),
  ringsUntil: desk.clock.now() + 18_000,
  answersAt: desk.clock.now() + 18_000,
  answeredAt: null,
  recordingSince: null,
  ringing: [],
  listeners: [],
  pickedUpBy: null,
  encrypted: 'both',
  recording: false,
})

describe('the events', () => {
  it('tell calls, messages and health as they happen, in order', async () => {
    const client = await listen()
    expect(client.answer.headers['content-type']).toBe('text/event-stream')
    desk.machine.tell({ kind: 'call-changed', call: await call() })
    const message = await desk.leaveMessage()
    desk.machine.tell({ kind: 'message-added', messageId: message.id })
    desk.machine.tell({
      kind: 'call-ended',
      callId: 'c1',
      outcome: 'message',
      messageId: message.id,
      junk: false,
    })
    desk.machine.tell({ kind: 'health-changed', health: { problems: [], draining: true } })
    await settle()
    const told = client.events.filter(([kind]) => kind !== 'messages-changed')
    expect(told.map(([kind]) => kind)).toEqual([
      'call-changed',
      'message-added',
      'call-ended',
      'health-changed',
    ])
    expect(told[0]?.[1].call).toMatchObject({ line: 'home', mailbox: 'home', phase: 'ringing' })
    expect(told[1]?.[1].message).toMatchObject({ id: message.id, state: 'new' })
    expect(told[3]?.[1].health).toEqual({ ready: false, draining: true, problems: [] })
  })

  it('tell that messages changed, whoever changed them', async () => {
    const { id } = await desk.leaveMessage()
    const client = await listen()
    await desk.api.inject({ method: 'DELETE', url: `/api/v1/messages/${id}`, headers: desk.asToken })
    await desk.clock.advanceAsync(500)
    await settle()
    expect(client.events).toContainEqual(['messages-changed', { kind: 'messages-changed' }])
  })

  it('tell that a line is registered otherwise, or is another', async () => {
    const client = await listen()
    const told = () => client.events.filter(([kind]) => kind === 'lines-changed').length
    const lineId = (await desk.store.lines.get('home'))?.id ?? ''
    const now = desk.clock.now()
    await desk.store.registrations.put({
      lineId,
      state: 'failing',
      since: now,
      server: null,
      problem: null,
      toldLostSince: null,
      publicAddress: null,
    })
    await settle()
    expect(told()).toBe(1)
    await desk.store.lines.set('home', { ringSeconds: 7 })
    await settle()
    expect(told()).toBe(2)
  })

  it('beat', async () => {
    const client = await listen()
    await desk.clock.advanceAsync(15_000)
    await settle()
    expect(client.text).toContain(': still here')
  })

  it('let go at once whoever logs out, and nobody else', async () => {
    const browser = await desk.logIn('ada')
    const [tab, other, script] = [await listen(browser), await listen(browser), await listen()]
    await desk.api.inject({ method: 'DELETE', url: '/api/v1/session', headers: browser })
    await desk.clock.advanceAsync(500)
    await Promise.all([tab.ended, other.ended])
    desk.machine.tell({ kind: 'health-changed', health: { problems: [], draining: true } })
    await settle()
    expect(script.events.map(([kind]) => kind)).toContain('health-changed')
  })

  it('have no HEAD, which would listen for ever', async () => {
    const answer = await desk.api.inject({ method: 'HEAD', url: '/api/v1/events', headers: desk.asToken })
    expect(answer.statusCode).toBe(404)
    expect(desk.clock.pending).toBe(1) // the store's look for other writers
  })

  it('end when the machine stops', async () => {
    const client = await listen()
    await desk.api.close()
    await client.ended
  })
})

describe('a client of the events', () => {
  const hub = (clock = fakeClock()) =>
    createEventHub({ machine: desk.machine, store: desk.store, clock, log: silentLog })
  const allowed = async () => true

  it('that does not read is let go before it fills the memory', async () => {
    const events = hub()
    const stream = events.open(allowed)
    const gone = new Promise((resolve) => stream.on('close', resolve))
    const health = { draining: false, problems: [{ code: 'AP_DISK_FULL', message: 'x'.repeat(10_000) }] }
    for (let turn = 0; turn < 100; turn++) desk.machine.tell({ kind: 'health-changed', health })
    await settle()
    await gone
    expect(stream.readableLength).toBeLessThan(400_000)
    events.close()
  })

  it('is let go at the next beat when its login has run out', async () => {
    const clock = fakeClock()
    const events = hub(clock)
    const stream = events.open(async () => false).resume()
    const ended = new Promise((resolve) => stream.on('end', resolve))
    await clock.advanceAsync(15_000)
    await ended
    events.close()
  })

  it('is refused when two hundred are there', () => {
    const events = hub()
    for (let client = 0; client < 200; client++) events.open(allowed)
    expect(() => events.open(allowed)).toThrow('200 event streams are open already')
    events.close()
  })
})
