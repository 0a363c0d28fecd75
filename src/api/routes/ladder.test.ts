import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { readPcap } from '../../../test/helpers/read-pcap.ts'
import { sampleTrace, sampleTraceRow } from '../../../test/helpers/sample-trace.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const get = (url: string, headers: Record<string, string> = desk.asToken) =>
  desk.api.inject({ method: 'GET', url, headers })

describe('the pcap file of a call', () => {
  it('is saved under a name of its own, and has all of its messages', async () => {
    await desk.store.traces.add(sampleTraceRow())
    const answer = await get('/api/v1/calls/c1/pcap')
    expect(answer.headers['content-disposition']).toContain('call-c1.pcap')
    expect(answer.headers['content-type']).toBe('application/vnd.tcpdump.pcap')
    const told = readPcap(answer.rawPayload).filter(({ payload }) => payload !== '')
    expect(told).toHaveLength(14)
    expect((await get('/api/v1/calls/c2/pcap')).statusCode).toBe(404)
  })
})

describe('the ladder of a call', () => {
  it('has its parties in columns, its messages and statistics', async () => {
    await desk.store.traces.add(sampleTraceRow())
    const answer = await get('/api/v1/calls/c1/ladder')
    expect(answer.statusCode).toBe(200)
    const ladder = answer.json()
    expect(ladder.parties).toEqual([
      { kind: 'caller', name: '+49301234567', place: { address: '203.0.113.5', port: 5060 } },
      { kind: 'machine', name: 'answerphone', place: { address: '192.0.2.2', port: 5060 } },
      { kind: 'phone', name: 'kitchen', place: { address: '192.0.2.11', port: 5062 } },
    ])
    expect(ladder.messages).toHaveLength(14)
    expect(ladder.messages[4]).toMatchObject({
      at: '2026-11-27T08:00:00.500Z',
      afterMs: 500,
      from: 0,
      to: 1,
      title: 'INVITE',
      repeated: true,
      transport: 'udp',
      source: { address: '203.0.113.5', port: 5060 },
      session: 'audio 203.0.113.9:30000 PCMA PCMU events',
    })
    expect(ladder.statistics[0]).toMatchObject({
      codec: 'PCMA',
      lost: 3,
      quality: { mos: 4.4, verdict: 'excellent' },
      reported: { lostShare: 0.02, roundTripMs: 38, quality: { mos: 4.2, verdict: 'good' } },
    })
    expect(ladder.statistics[1].reported).toBeNull()
  })

  it('is that of a call that goes on', async () => {
    desk.machine.traceOf = (id) => (id === 'c1' ? sampleTrace({ endedAt: null }) : undefined)
    expect((await get('/api/v1/calls/c1/ladder')).json()).toMatchObject({ id: 'c1', endedAt: null })
  })

  it('is missing where there is none, and nobody without an account gets one', async () => {
    expect((await get('/api/v1/calls/c2/ladder')).json()).toMatchObject({ code: 'AP_LADDER_MISSING' })
    expect((await get('/api/v1/calls/c2/ladder', {})).statusCode).toBe(401)
  })

  it('is there of calls between phones, which have a list of their own', async () => {
    await desk.store.traces.add(sampleTraceRow())
    await desk.store.traces.add(sampleTraceRow(sampleTrace({ id: 'h1', kind: 'house' }), 'kitchen → 030'))
    const { calls } = (await get('/api/v1/house-calls')).json()
    expect(calls).toEqual([
      {
        id: 'h1',
        title: 'kitchen → 030',
        startedAt: '2026-11-27T08:00:00.000Z',
        endedAt: '2026-11-27T08:00:20.010Z',
      },
    ])
    expect((await get('/api/v1/calls/h1/ladder')).statusCode).toBe(200)
  })
})
