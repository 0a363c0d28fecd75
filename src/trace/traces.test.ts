import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { packTrace, unpackTrace } from './pack.ts'
import type { Trace } from './trace.ts'
import { openTraces, type PassingMessage, type TraceLimits } from './traces.ts'

const CALLER = { kind: 'caller', name: '+4930' } as const
const DESK = { kind: 'phone', name: 'desk' } as const

function open(limits: Partial<TraceLimits> = {}) {
  const clock = fakeClock()
  const done: Trace[] = []
  const traces = openTraces({ clock, onDone: (trace) => done.push(trace), limits })
  const pass = (direction: PassingMessage['direction'], start: string, callId: string, name = 'Call-ID') =>
    traces.tap({
      direction,
      bytes: Buffer.from(`${start}\r\n${name}: ${callId}\r\n\r\n`),
      peer: { transport: 'udp', address: '192.0.2.1', port: 5060 },
      local: () => ({ address: '192.0.2.2', port: 5060 }),
    })
  return { clock, done, traces, pass }
}

const starts = (trace: Trace | undefined) =>
  trace?.messages.map(({ direction, leg, text }) => `${leg} ${direction} ${text.split('\r\n', 1)[0]}`)

describe('what goes over the wire for a call', () => {
  it('is kept from its INVITE to the answer to its BYE, and of each of its dialogs', () => {
    const { clock, done, traces, pass } = open()
    pass('in', 'INVITE sip:home SIP/2.0', 'one', 'i')
    traces.begin('call', 'call')
    traces.join('call', 'one', CALLER)
    pass('out', 'SIP/2.0 180 Ringing', 'one')
    pass('out', 'INVITE sip:desk SIP/2.0', 'two')
    traces.join('call', 'two', DESK)
    clock.advance(1000)
    pass('in', 'SIP/2.0 200 OK', 'two')
    expect(starts(traces.running('call'))).toHaveLength(4)
    pass('in', 'BYE sip:home SIP/2.0', 'one')
    traces.leave('call', 'one', undefined)
    traces.leave('call', 'two', undefined)
    traces.end('call')
    pass('out', 'SIP/2.0 200 OK', 'one')
    expect(done).toEqual([])
    clock.advance(2000)
    expect(starts(done[0])).toEqual([
      '0 in INVITE sip:home SIP/2.0',
      '0 out SIP/2.0 180 Ringing',
      '1 out INVITE sip:desk SIP/2.0',
      '1 in SIP/2.0 200 OK',
      '0 in BYE sip:home SIP/2.0',
      '0 out SIP/2.0 200 OK',
    ])
    expect(done[0]?.legs).toEqual([
      { ...CALLER, callId: 'one' },
      { ...DESK, callId: 'two' },
    ])
    const [first, , , answer] = done[0]?.messages ?? []
    expect((answer?.at ?? 0) - (first?.at ?? 0)).toBe(1000)
    expect(traces.running('call')).toBeUndefined()
    expect(clock.pending).toBe(0)
  })

  it('is waited for while a phone does not answer, but not for ever', () => {
    const { clock, done, traces } = open()
    traces.begin('call', 'call')
    traces.join('call', 'one', CALLER)
    traces.end('call')
    clock.advance(30_000)
    expect(done).toHaveLength(0)
    clock.advance(10_000)
    expect(done).toHaveLength(1)
  })

  it('is done at once when the machine stops', () => {
    const { done, traces, clock } = open()
    traces.begin('over', 'call')
    traces.begin('on', 'call')
    traces.end('over')
    traces.finish()
    expect(done.map(({ id }) => id)).toEqual(['over'])
    traces.close()
    expect(clock.pending).toBe(0)
  })

  it('is kept from before a challenge on', () => {
    const { traces, pass } = open()
    pass('in', 'INVITE sip:*8 SIP/2.0', 'one')
    pass('out', 'SIP/2.0 401 Unauthorized', 'one')
    pass('in', 'ACK sip:*8 SIP/2.0', 'one')
    pass('in', 'INVITE sip:*8 SIP/2.0', 'one')
    traces.begin('call', 'call')
    traces.join('call', 'one', DESK)
    expect(starts(traces.running('call'))).toHaveLength(4)
  })

  it('says how its media was', () => {
    const { clock, done, traces } = open()
    const statistics = { ...DESK, codec: 'PCMU', lost: 3 } as unknown as Trace['statistics'][number]
    traces.begin('call', 'call')
    traces.join('call', 'one', DESK)
    traces.leave('call', 'one', statistics)
    traces.end('call')
    clock.advance(2000)
    expect(done[0]?.statistics).toEqual([statistics])
  })

  it('is as it was after a night in the database', () => {
    const { traces, pass } = open()
    traces.begin('call', 'call')
    pass('in', 'INVITE sip:h\u00e9\u00ff SIP/2.0', 'one')
    traces.join('call', 'one', CALLER)
    const trace = traces.running('call') as Trace
    const { id, kind, startedAt, endedAt } = trace
    expect(unpackTrace({ id, kind, startedAt, endedAt, packed: packTrace(trace) })).toEqual(trace)
  })
})

describe('what is not kept', () => {
  it('is what belongs to no call, and more than a few INVITEs that might', () => {
    const { traces, pass } = open()
    pass('in', 'OPTIONS sip:home SIP/2.0', 'options')
    pass('in', 'REGISTER sip:home SIP/2.0', 'register')
    for (let n = 0; n < 1000; n++) pass('in', 'INVITE sip:home SIP/2.0', `flood-${n}`)
    traces.begin('call', 'call')
    for (const dialog of ['options', 'register', 'flood-0', 'flood-983']) traces.join('call', dialog, DESK)
    expect(traces.running('call')?.messages).toEqual([])
    traces.join('call', 'flood-999', DESK)
    expect(traces.running('call')?.messages).toHaveLength(1)
  })

  it('is more of one call than its share, which is counted', () => {
    const { traces, pass } = open({ messages: 3, bytes: 200 })
    traces.begin('call', 'call')
    traces.join('call', 'one', CALLER)
    for (let n = 0; n < 10; n++) pass('in', 'INFO sip:home SIP/2.0', 'one')
    expect(traces.running('call')).toMatchObject({ messages: { length: 3 }, omitted: { messages: 7 } })
    traces.begin('long', 'call')
    traces.join('long', 'two', CALLER)
    pass('in', `INFO sip:${'x'.repeat(200)} SIP/2.0`, 'two')
    expect(traces.running('long')).toMatchObject({ messages: [], omitted: { messages: 1 } })
  })

  it('is more than so much of all calls together, until some have ended', () => {
    const { clock, traces, pass } = open({ bytesInAll: 100 })
    for (const call of ['a', 'b']) {
      traces.begin(call, 'call')
      traces.join(call, call, CALLER)
      pass('in', `INFO sip:${'x'.repeat(40)} SIP/2.0`, call)
    }
    expect(traces.running('b')).toMatchObject({ messages: [], omitted: { messages: 1 } })
    traces.leave('a', 'a', undefined)
    traces.end('a')
    clock.advance(2000)
    pass('in', 'BYE sip:home SIP/2.0', 'b')
    expect(traces.running('b')?.messages).toHaveLength(1)
  })

  it('is any call past so many at a time', () => {
    const { traces } = open({ calls: 1 })
    expect(traces.begin('a', 'call')).toBe(true)
    expect(traces.begin('b', 'call')).toBe(false)
    traces.join('b', 'one', CALLER)
    traces.end('b')
    expect(traces.running('b')).toBeUndefined()
  })
})
