import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import type { LiveCall } from '../../machine/machine.ts'
import { createLevelHub } from './level-hub.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const call = (id: string, phase: LiveCall['phase']): LiveCall => ({
  id,
  lineId: 'l',
  lineName: 'home',
  mailboxId: 'b',
  rule: null,
  ringsAsEver: true,
  junk: false,
  gate: null,
  callerNumber: null,
  callerE164: null,
  callerDisplay: null,
  callerName: null,
  attestation: null,
  arrivedAt: 0,
  phase,
  ringsSince: null,
  ringsUntil: null,
  answersAt: null,
  answeredAt: 0,
  recordingSince: 0,
  ringing: [],
  listeners: [],
  pickedUpBy: null,
  encrypted: 'both',
  recording: true,
})

async function watch(calls: string, headers: object = desk.asToken) {
  const url = `/api/v1/levels?calls=${calls}`
  const answer = await desk.api.inject({ url, headers: { ...headers }, payloadAsStream: true })
  let text = ''
  answer.stream().on('data', (chunk) => {
    text += chunk
  })
  const ended = new Promise<void>((resolve) => answer.stream().on('close', () => resolve()))
  return {
    answer,
    ended,
    get levels() {
      return [...text.matchAll(/^event: level\ndata: (.*)\n\n/gm)].map(([, data]) => JSON.parse(data ?? ''))
    },
  }
}

const watchersOf = (id: string) => [...(desk.machine.levels.get(id) ?? [])]
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next))
}

describe('the levels', () => {
  beforeEach(() => {
    desk.machine.live = [call('a', 'recording'), call('b', 'recording'), call('c', 'ringing')]
  })

  it('tell how loud each of these callers is, and end when none of them is left', async () => {
    const client = await watch('a,b,c')
    expect(client.answer.headers['content-type']).toBe('text/event-stream')
    watchersOf('a')[0]?.onPeak(0.123_456)
    watchersOf('b')[0]?.onPeak(1)
    await settle()
    expect(client.levels).toEqual([
      { callId: 'a', peak: 0.123 },
      { callId: 'b', peak: 1 },
    ])
    watchersOf('a')[0]?.onEnd()
    watchersOf('b')[0]?.onPeak(0)
    await settle()
    expect(client.levels).toHaveLength(3)
    watchersOf('b')[0]?.onEnd()
    await client.ended
  })

  it('are not measured for a client that has gone, or whose login has ended', async () => {
    const browser = await desk.logIn('ada', 'member')
    const client = await watch('a', browser)
    expect(watchersOf('a')).toHaveLength(1)
    await desk.api.inject({ method: 'DELETE', url: '/api/v1/session', headers: browser })
    await desk.clock.advanceAsync(500)
    await client.ended
    expect(watchersOf('a')).toEqual([])
    const hub = createLevelHub(desk)
    const other = hub.open(['a'], async () => true)
    expect(watchersOf('a')).toHaveLength(1)
    other.destroy()
    await settle()
    expect(watchersOf('a')).toEqual([])
    hub.close()
  })

  it('let go of a client that does not read', async () => {
    const url = '/api/v1/levels?calls=a'
    await desk.api.inject({ url, headers: desk.asToken, payloadAsStream: true })
    for (let turn = 0; turn < 5000 && watchersOf('a').length > 0; turn++) {
      watchersOf('a')[0]?.onPeak(0.5)
      if (turn % 50 === 0) await settle()
    }
    expect(watchersOf('a')).toEqual([])
  })

  it('are for who is logged in, and of calls on which a message is being left', async () => {
    const status = async (calls: string, headers: object = desk.asToken) =>
      (await desk.api.inject({ url: `/api/v1/levels?calls=${calls}`, headers: { ...headers } })).statusCode
    expect(await status('a', {})).toBe(401)
    expect(await status('c,d')).toBe(409)
    expect(await status('')).toBe(400)
    expect(await status(Array(9).fill('a').join())).toBe(400)
    expect(watchersOf('a')).toEqual([])
    expect(desk.clock.pending, 'no heart beats for nobody').toBe(1)
  })
})
