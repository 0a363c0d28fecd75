import { describe, expect, it } from 'vitest'
import { headerOf } from '../../../test/helpers/sip-wire.ts'
import { statuses, watch } from '../../../test/helpers/watched-machine.ts'

describe('a SUBSCRIBE is refused', () => {
  it('with 489 and Allow-Events for another package, none, or a broken Event (RFC 6665 §4.2.1.1)', () => {
    const { subscribe, taken } = watch()
    for (const event of ['presence', 'dialog, message-summary', 'dia log', 'dialog;=']) {
      const { responses } = subscribe({ event })
      expect(headerOf(responses[0]?.text ?? '', 'Allow-Events')).toBe('message-summary, dialog')
      expect(statuses({ responses })).toEqual([489])
    }
    expect(taken).toEqual([])
  })

  it('with 423 and Min-Expires for less than a minute, refreshes too (RFC 6665 §4.2.1.1)', () => {
    const { subscribe, clock } = watch()
    expect(headerOf(subscribe({ expires: 59 }).responses[0]?.text ?? '', 'Min-Expires')).toBe('60')
    const watched = subscribe({ expires: 60 })
    watched.refresh(30)
    clock.advance(20)
    expect(statuses(watched)).toEqual([200, 423])
  })

  it('by our user, with headers', () => {
    const world = watch((subscription) => subscription.reject(403, [['Warning', '399 machine "no"']]))
    const { responses } = world.subscribe()
    expect(statuses({ responses })).toEqual([403])
    expect(headerOf(responses[0]?.text ?? '', 'Warning')).toBe('399 machine "no"')
    world.expectOver()
  })

  it('with 503 and Retry-After past the limit, which takes no room from calls (RFC 3261 §20.33)', () => {
    const world = watch(undefined, { limits: { subscriptions: 1, dialogs: 1 } })
    const first = world.subscribe()
    const second = world.subscribe()
    expect(statuses(first)).toEqual([200])
    expect(headerOf(second.responses[0]?.text ?? '', 'Retry-After')).toBe('10')
    world.call()
    world.clock.advance(20)
    expect(world.calls).toHaveLength(1)
    first.refresh(0)
    world.clock.advance(20)
    expect(statuses(world.subscribe())).toEqual([200])
  })

  it('with 503 while we drain; those that stand go on', () => {
    const { subscribe, machine, clock } = watch()
    const before = subscribe()
    machine.refuseNew()
    expect(statuses(subscribe())).toEqual([503])
    before.refresh(600)
    clock.advance(20)
    expect(statuses(before)).toEqual([200, 200])
  })

  it('with 400 without a Contact (RFC 6665 §4.1.2)', () => {
    const { subscribe, wire } = watch()
    const { send } = wire
    wire.send = (message) => send(String(message).replace(/^Contact: .*\r\n/m, ''))
    expect(statuses(subscribe())).toEqual([400])
  })

  it('with 481 for another event in the dialog, or an unknown dialog (RFC 6665 §4.5.2)', () => {
    const { subscribe, wire, clock } = watch()
    const watched = subscribe()
    const { send } = wire
    wire.send = (message) => send(String(message).replace('Event: message-summary', 'Event: dialog'))
    watched.refresh(600)
    clock.advance(20)
    wire.send = (message) => send(String(message).replace(/;tag=[0-9a-f]{16}/, ';tag=0123456789abcdef'))
    watched.refresh(600)
    clock.advance(20)
    expect(statuses(watched)).toEqual([200, 481, 481])
  })

  it('with 405 where there are no packages (RFC 3261 §8.2.1)', () => {
    const { subscribe } = watch(undefined, { eventPackages: [] })
    expect(statuses(subscribe())).toEqual([405])
  })
})

describe('around subscriptions', () => {
  it('OPTIONS tells the packages (RFC 6665 §4.4.4)', () => {
    const { wire, clock } = watch()
    let told = ''
    wire.onText = (message) => {
      told = message
    }
    const head =
      'Max-Forwards: 70\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:line@192.0.2.2>\r\nCall-ID: o\r\nCSeq: 1 OPTIONS\r\n'
    wire.send(
      `OPTIONS sip:192.0.2.2 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKo\r\n${head}\r\n`,
    )
    clock.advance(10)
    expect(headerOf(told, 'Allow-Events')).toBe('message-summary, dialog')
    expect(headerOf(told, 'Allow')).toContain('SUBSCRIBE')
  })

  it('other requests in the dialog of a subscription get 481 (RFC 6665 §4.5.2)', () => {
    const { subscribe, wire, clock } = watch()
    const watched = subscribe()
    const { send } = wire
    wire.send = (message) => send(String(message).replaceAll('SUBSCRIBE', 'BYE'))
    watched.refresh(600)
    clock.advance(20)
    expect(statuses(watched)).toEqual([200, 481])
  })

  it('the endpoint closes: our user is told, the subscriber can’t be', async () => {
    const world = watch()
    const watched = world.subscribe()
    await world.machine.close()
    expect(world.taken[0]?.ends).toEqual(['failed'])
    expect(watched.notifies).toHaveLength(1)
    expect(world.machine.size).toEqual({ dialogs: 0, transactions: 0 })
  })
})
