import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import type { ActResult } from '../../machine/machine.ts'
import { callRow } from '../../store/contract/sample-rows.contract.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
  desk.machine.live.push({
    ...{ id: 'c1', lineId: 'l', lineName: 'home', mailboxId: 'b', callerNumber: null, callerName: null },
    rule: null,
    ringsAsEver: true,
    junk: false,
    gate: null,
    ...{
      arrivedAt: 1,
      phase: 'connected',
      ringsSince: null,
      ringsUntil: null,
      answersAt: null,
      answeredAt: 2,
      recordingSince: null,
    },
    ...{ ringing: ['attic'], pickedUpBy: 'kitchen', recording: false },
    listeners: [{ phone: 'hall', since: 3 }],
    ...{ callerE164: null, callerDisplay: null, attestation: null, encrypted: 'neither' },
  })
})
afterEach(() => desk[Symbol.asyncDispose]())

const act = (path: string, payload?: object) =>
  desk.api.inject({
    method: 'POST',
    url: `/api/v1/calls/${path}`,
    headers: desk.asToken,
    ...(payload === undefined ? {} : { payload }),
  })

describe('a name that was said at a gate', () => {
  it('is shown with its call, and played', async () => {
    await desk.store.calls.add(callRow('past', { gate: { kind: 'name', went: 'passed', name: null } }))
    const get = (url: string) => desk.api.inject({ url: `/api/v1/calls/${url}`, headers: desk.asToken })
    expect((await get('past/name')).json()).toMatchObject({ code: 'AP_NOT_FOUND' })
    const { file } = await desk.leaveMessage()
    await desk.store.calls.nameSaid('past', { takeId: 't', file, durationMs: 1000, words: 'Grace' })
    expect((await get('past')).json()).toMatchObject({
      gate: { kind: 'name', went: 'passed', name: { durationMs: 1000, words: 'Grace' } },
    })
    const played = await get('past/name')
    expect([played.statusCode, played.headers['content-type']]).toEqual([200, 'audio/wav'])
    expect((await get('gone/name')).statusCode).toBe(404)
  })
})

describe('acts on a call', () => {
  it('reach the machine with who does them and what they need', async () => {
    for (const [path, payload] of [
      ['c1/answer'],
      ['c1/pick-up'],
      ['c1/pick-up', {}],
      ['c1/pick-up', { phone: 'kitchen' }],
      ['c1/listen', { phone: 'hall' }],
      ['c1/record', { on: true }],
      ['c1/block'],
      ['c1/hang-up'],
    ] as const)
      expect((await act(path, payload)).statusCode, path).toBe(204)
    expect(desk.machine.acts).toEqual([
      'answer-now c1 token:script',
      'pick-up c1 token:script',
      'pick-up c1 token:script',
      'pick-up c1 token:script kitchen',
      'listen c1 token:script hall',
      'record c1 token:script true',
      'block c1 token:script',
      'hang-up c1 token:script',
    ])
  })

  it.each([
    ['over', 'AP_CALL_OVER', 409],
    ['taken', 'AP_CALL_TAKEN', 409],
    ['phone-unknown', 'AP_PHONE_UNKNOWN', 404],
    ['phone-offline', 'AP_PHONE_OFFLINE', 409],
  ] satisfies [ActResult, string, number][])('that come to “%s” give %s', async (result, code, status) => {
    desk.machine.result = result
    const answer = await act('c1/pick-up', { phone: 'attic' })
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  })

  it('without what they need are refused', async () => {
    for (const [path, payload] of [
      ['c1/listen', {}],
      ['c1/listen'],
      ['c1/record', { on: 'yes' }],
      ['c1/pick-up', { phone: 7 }],
    ] as const)
      expect((await act(path, payload)).json().code, path).toBe('AP_INPUT_INVALID')
    expect((await act('gone/pick-up')).json().code).toBe('AP_CALL_OVER')
  })
})

describe('a call going on', () => {
  it('shows who rings, listens and talks', async () => {
    const { live } = (await desk.api.inject({ url: '/api/v1/calls', headers: desk.asToken })).json()
    expect(live).toMatchObject([
      {
        phase: 'connected',
        ringing: ['attic'],
        listeners: [{ phone: 'hall', since: '1970-01-01T00:00:00.003Z' }],
        pickedUpBy: 'kitchen',
        recording: false,
      },
    ])
  })
})
