import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import type { Leg, LegEvent } from '../leg/leg.ts'
import { runHouseCall } from './house-call.ts'

interface FakeLeg extends Leg {
  /** What it was told, in order. */
  readonly told: string[]
  /** Of its end, as it was told that. */
  readonly headers: (readonly [string, string])[]
  say(event: LegEvent): void
}

function fakeLeg(phone: string): FakeLeg {
  const told: string[] = []
  const hears = (from: { readonly name: string } | undefined) =>
    void told.push(`hears ${from?.name ?? 'nothing'}`)
  const leg: FakeLeg = {
    phone,
    told,
    headers: [],
    dialog: { callId: phone, localTag: 'l', remoteTag: 'r' },
    session: { name: phone, hear: hears } as never,
    onEvent: () => {},
    ring: (heard = false) => void told.push(heard ? 'ring heard' : 'ring'),
    accept: () => void told.push('accept'),
    refuse(status, headers = []) {
      told.push(`refuse ${status}`)
      leg.headers.push(...headers)
      leg.say({ kind: 'gone', status })
    },
    withdraw: (elsewhere) => void told.push(elsewhere ? 'withdraw elsewhere' : 'withdraw'),
    hangUp(_elsewhere, headers = []) {
      told.push('hang-up')
      leg.headers.push(...headers)
    },
    closed: Promise.resolve(undefined),
    say: (event) => leg.onEvent(event),
  }
  return leg
}

function call(...names: string[]) {
  const from = fakeLeg('from')
  const targets = names.map(fakeLeg)
  let closed = 0
  const house = runHouseCall({
    from,
    callTargets: () => targets,
    clock: fakeClock(),
    onTransfer: () => {},
    onClosed: () => closed++,
  })
  from.say({ kind: 'ready' })
  return { from, targets, house, closed: () => closed }
}

describe('a call between phones', () => {
  it('rings, connects the first to answer, and stops the others', () => {
    const { from, targets, closed } = call('a', 'b')
    targets[0]?.say({ kind: 'rings' })
    targets[1]?.say({ kind: 'ready' })
    expect(from.told).toEqual(['ring', 'accept', 'hears b'])
    expect(targets.map(({ told }) => told)).toEqual([['withdraw elsewhere'], ['hears from']])
    targets[0]?.say({ kind: 'gone', status: 487 })
    from.say({ kind: 'gone' })
    expect(targets[1]?.told.at(-1)).toBe('hang-up')
    targets[1]?.say({ kind: 'gone' })
    expect(closed()).toBe(1)
  })

  it('lets what comes before the answer be heard, and says so once, however many forks speak', () => {
    const { from, targets } = call('a')
    targets[0]?.say({ kind: 'rings' })
    targets[0]?.say({ kind: 'rings', heard: true })
    targets[0]?.say({ kind: 'rings', heard: true })
    targets[0]?.say({ kind: 'ready' })
    targets[0]?.say({ kind: 'rings', heard: true })
    expect(from.told).toEqual(['ring', 'ring heard', 'hears a', 'hears a', 'accept', 'hears a'])
    expect(targets[0]?.told).toEqual(['hears from', 'hears from', 'hears from'])
  })

  it('tells why the network ended the call, or refused it (RFC 3326)', () => {
    const { from, targets } = call('a')
    targets[0]?.say({ kind: 'ready' })
    targets[0]?.say({ kind: 'gone', causes: ['Q.850;cause=16', 'SIP;cause=200'] })
    expect(from.headers).toEqual([['Reason', 'Q.850;cause=16']])
    const refused = call('a')
    refused.targets[0]?.say({ kind: 'gone', status: 404, causes: ['Q.850;cause=1'] })
    expect(refused.from.headers).toEqual([['Reason', 'Q.850;cause=1']])
  })

  it('hangs up on the second who answered in the same moment', () => {
    const { targets } = call('a', 'b')
    targets[0]?.say({ kind: 'ready' })
    targets[1]?.say({ kind: 'ready' })
    expect(targets[1]?.told).toEqual(['withdraw elsewhere', 'hang-up'])
  })

  it('tells that all are busy, or that nobody is there', () => {
    const busy = call('a', 'b')
    busy.targets[0]?.say({ kind: 'gone', status: 486 })
    busy.targets[1]?.say({ kind: 'gone', status: 408 })
    expect(busy.from.told).toEqual(['refuse 486'])
    expect(busy.closed()).toBe(1)
    const none = call()
    expect(none.from.told).toEqual(['refuse 480'])
    expect(none.closed()).toBe(1)
  })

  it('stops ringing when who called hangs up', () => {
    const { from, targets } = call('a')
    from.say({ kind: 'gone' })
    expect(targets[0]?.told).toEqual(['withdraw'])
  })

  it('gives its other side away to who has the dialog, and then ends for the giver', () => {
    const { from, targets, house, closed } = call('a')
    const reference = { callId: 'from', toTag: 'l', fromTag: 'r', earlyOnly: false }
    expect(house.askedBack(reference)).toBeUndefined()
    targets[0]?.say({ kind: 'ready' })
    expect(house.askedBack({ ...reference, callId: 'other' })).toBeUndefined()
    const back = house.askedBack(reference)
    expect(back?.leg).toBe(targets[0])
    expect(from.told.at(-1)).not.toBe('hang-up')
    back?.takeOver()
    back?.letGo()
    expect(from.told.at(-1)).toBe('hang-up')
    from.say({ kind: 'gone' })
    expect(targets[0]?.told).toEqual(['hears from', 'hears nothing'])
    expect(closed()).toBe(1)
  })
})
