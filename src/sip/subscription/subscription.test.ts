import { describe, expect, it } from 'vitest'
import { MACHINE } from '../../../test/helpers/endpoint-pair.ts'
import { memoryWire } from '../../../test/helpers/memory-wire.ts'
import { scriptedSubscriber } from '../../../test/helpers/scripted-subscriber.ts'
import { headerOf } from '../../../test/helpers/sip-wire.ts'
import { statuses, text, watch } from '../../../test/helpers/watched-machine.ts'

describe('a subscription', () => {
  it('is accepted, told the state at once, and each change after it (RFC 6665 §4.2.1.2, §4.2.2)', () => {
    const { subscribe, taken, clock } = watch()
    const watched = subscribe()
    expect(statuses(watched)).toEqual([200])
    expect(headerOf(watched.responses[0]?.text ?? '', 'Expires')).toBe('600')
    expect(headerOf(watched.responses[0]?.text ?? '', 'Allow-Events')).toBe('message-summary, dialog')
    clock.advance(10_000)
    taken[0]?.subscription.notify(() => text('second'))
    clock.advance(10)
    expect(watched.bodies).toEqual(['first', 'second'])
    expect(watched.notifies.map(({ expires }) => expires)).toEqual([600, 590])
    expect(watched.notifies[0]?.contentType).toBe('text/plain')
    expect(watched.faults).toEqual([])
  })

  it('is described to our user', () => {
    const { subscribe, taken } = watch()
    const { callId } = subscribe({ event: 'Dialog;id=7' })
    expect(taken[0]?.subscription).toMatchObject({ event: 'dialog', eventId: '7', expiresSeconds: 600 })
    expect(taken[0]?.subscription.dialogId.callId).toBe(callId)
  })

  it('echoes Event byte for byte, id included (RFC 6665 §8.2.1)', () => {
    const { subscribe } = watch()
    const watched = subscribe({ event: 'Dialog;id=7' })
    expect(watched.notifies[0]?.event).toBe('Dialog;id=7')
    expect(watched.faults).toEqual([])
  })

  it('gets less than it asks for, never more (RFC 6665 §4.2.1.1)', () => {
    const { subscribe } = watch((subscription) => subscription.accept(300))
    const long = subscribe({ expires: 4_000_000_000 })
    expect(headerOf(long.responses[0]?.text ?? '', 'Expires')).toBe('300')
    const short = subscribe({ expires: 120 })
    expect(headerOf(short.responses[0]?.text ?? '', 'Expires')).toBe('120')
  })

  it('lasts an hour where none is asked for (RFC 6665 §4.2.1.1, RFC 3842 §3.4)', () => {
    const { subscribe } = watch((subscription) => subscription.accept(86_400))
    const { expires: _, ...rest } = { expires: 0, uri: `sip:kitchen@${MACHINE}`, event: 'dialog' }
    const { subscriber, clock, taken } = watch()
    subscriber.subscribe(rest)
    clock.advance(20)
    expect(taken[0]?.subscription.expiresSeconds).toBe(3600)
    expect(subscribe({ expires: 90_000 }).responses[0]?.text).toMatch(/^Expires: 86400\r$/m)
  })

  it('expires, and its last NOTIFY says so (RFC 6665 §4.2.2)', () => {
    const world = watch()
    const watched = world.subscribe()
    world.clock.advance(600_000)
    expect(watched.notifies.at(-1)).toMatchObject({ state: 'terminated;reason=timeout', body: 'first' })
    expect(world.taken[0]?.ends).toEqual(['expired'])
    world.expectOver()
  })

  it('is refreshed within its dialog, and told the full state again (RFC 6665 §4.2.1.2)', () => {
    const world = watch()
    const watched = world.subscribe()
    world.clock.advance(500_000)
    watched.refresh(600)
    world.clock.advance(500_000)
    expect(statuses(watched)).toEqual([200, 200])
    expect(watched.bodies).toEqual(['first', 'first'])
    expect(watched.notifies.at(-1)?.expires).toBe(600)
    world.clock.advance(200_000)
    expect(world.taken[0]?.ends).toEqual(['expired'])
    expect(world.taken).toHaveLength(1)
    expect(watched.faults).toEqual([])
  })

  it('that is refreshed asks our user for what to tell, if he wants to be asked', () => {
    const { subscribe, taken, clock } = watch()
    const watched = subscribe()
    const subscription = taken[0]?.subscription
    if (subscription) subscription.onRefreshed = () => subscription.notify(() => text('full'))
    watched.refresh(600)
    clock.advance(20)
    expect(watched.bodies).toEqual(['first', 'full'])
  })

  it('moves to the Contact of a refresh (RFC 6665 §3.1)', () => {
    const world = watch()
    const watched = world.subscribe()
    const elsewhere = scriptedSubscriber(
      memoryWire(world.network, { address: '192.0.2.9', port: 5080, to: { host: MACHINE, port: 5060 } }),
    )
    // A header that comes twice is refused, so the one Contact is changed under way.
    const { send } = world.wire
    world.wire.send = (message) =>
      send(String(message).replace(/^Contact: .*\r$/m, 'Contact: <sip:k@192.0.2.9:5080>\r'))
    watched.refresh(600)
    world.clock.advance(20)
    expect(statuses(watched)).toEqual([200, 200])
    expect(watched.bodies).toEqual(['first'])
    expect(elsewhere.unsolicited.map(({ text: all }) => all.split(' ', 2)[1])).toEqual([
      'sip:k@192.0.2.9:5080',
    ])
  })

  it('ends with Expires 0, and one last NOTIFY (RFC 6665 §4.2.1.4)', () => {
    const world = watch()
    const watched = world.subscribe()
    watched.refresh(0)
    world.clock.advance(20)
    expect(headerOf(watched.responses[1]?.text ?? '', 'Expires')).toBe('0')
    expect(watched.notifies.at(-1)).toMatchObject({ state: 'terminated;reason=timeout', body: 'first' })
    expect(world.taken[0]?.ends).toEqual(['unsubscribed'])
    watched.refresh(600)
    world.clock.advance(20)
    expect(statuses(watched)).toEqual([200, 200, 481])
    world.taken[0]?.subscription.notify(() => text('too late'))
    world.expectOver()
    expect(watched.bodies).toEqual(['first', 'first'])
    expect(watched.faults).toEqual([])
  })

  it('with Expires 0 from the start is a fetch (RFC 6665 §4.4.3)', () => {
    const world = watch()
    const watched = world.subscribe({ expires: 0 })
    expect(headerOf(watched.responses[0]?.text ?? '', 'Expires')).toBe('0')
    expect(watched.notifies).toMatchObject([{ state: 'terminated;reason=timeout', body: 'first' }])
    expect(world.taken[0]?.ends).toEqual(['unsubscribed'])
    expect(watched.faults).toEqual([])
    world.expectOver()
  })

  it('that only fetches is ended even when our user never gives the state', () => {
    const world = watch((subscription) => subscription.accept(3600))
    const watched = world.subscribe({ expires: 0 })
    world.clock.advance(33_000)
    expect(watched.notifies).toMatchObject([{ state: 'terminated;reason=timeout', body: '' }])
    world.expectOver()
  })

  it('is ended by our user with a reason (RFC 6665 §4.1.3)', () => {
    const world = watch()
    const watched = world.subscribe()
    world.taken[0]?.subscription.end('noresource', () => text('gone'))
    world.clock.advance(20)
    expect(watched.notifies.at(-1)).toMatchObject({ reason: 'noresource', body: 'gone' })
    expect(world.taken[0]?.ends).toEqual([])
    world.expectOver()
  })
})

describe('NOTIFY', () => {
  it('is one at a time, and of those that wait only the newest is sent, made when it leaves', () => {
    const { subscribe, taken, clock, network } = watch()
    const watched = subscribe()
    network.weather.latencyMs = 300
    const begin = clock.monotonic()
    for (const words of ['second', 'third', 'fourth'])
      taken[0]?.subscription.notify(() => text(`${words} after ${clock.monotonic() - begin} ms`))
    clock.advance(2000)
    expect(watched.bodies).toEqual(['first', 'second after 0 ms', 'fourth after 600 ms'])
    expect(watched.faults).toEqual([])
  })

  it.each([
    [{ status: 481, headers: ['Retry-After: 5'] }],
    [{ status: 481 }],
    [{ status: 500 }],
    [{ status: 404 }],
  ])('refused with $status ends the subscription (RFC 6665 §4.2.2)', (answer) => {
    const world = watch()
    const watched = world.subscribe()
    watched.answer = () => answer
    world.taken[0]?.subscription.notify(() => text('second'))
    world.clock.advance(20)
    expect(world.taken[0]?.ends).toEqual(['failed'])
    world.taken[0]?.subscription.notify(() => text('third'))
    world.expectOver()
    expect(watched.bodies).toEqual(['first', 'second'])
  })

  it('that nobody answers ends the subscription (RFC 6665 §4.2.2)', () => {
    const world = watch()
    const watched = world.subscribe()
    watched.answer = () => undefined
    world.taken[0]?.subscription.notify(() => text('second'))
    world.clock.advance(31_000)
    expect(world.taken[0]?.ends).toEqual([])
    world.clock.advance(2000)
    expect(world.taken[0]?.ends).toEqual(['failed'])
    world.expectOver()
  })

  it('refused with Retry-After is put off, and then tells the newest state (RFC 6665 §4.2.2)', () => {
    const { subscribe, taken, clock } = watch()
    const watched = subscribe()
    watched.answer = () => ({ status: 503, headers: ['Retry-After: 5 (busy);duration=60'] })
    const subscription = taken[0]?.subscription
    subscription?.notify(() => text('second'))
    clock.advance(20)
    watched.answer = () => ({ status: 200 })
    subscription?.notify(() => text('third'))
    clock.advance(4900)
    expect(watched.bodies).toEqual(['first', 'second'])
    clock.advance(200)
    expect(watched.bodies).toEqual(['first', 'second', 'third'])
    expect(taken[0]?.ends).toEqual([])
  })

  it('takes the route set of the SUBSCRIBE (RFC 3261 §12.1.1, §12.2.1.1)', () => {
    const { subscribe } = watch()
    const watched = subscribe({
      headers: ['Record-Route: <sip:192.0.2.1:5070;lr>, <sip:far.example.com;lr>'],
    })
    expect(headerOf(watched.notifies[0]?.text ?? '', 'Route')).toBe('<sip:192.0.2.1:5070;lr>')
    expect(watched.notifies[0]?.text).toMatch(/^NOTIFY sip:kitchen@192\.0\.2\.1:5070 SIP\/2\.0\r$/m)
    expect(watched.responses[0]?.text).toMatch(/^Record-Route: <sip:192\.0\.2\.1:5070;lr>/m)
  })

  it('waits for the one before it even where it is the last', () => {
    const world = watch()
    const watched = world.subscribe()
    world.network.weather.latencyMs = 300
    world.taken[0]?.subscription.notify(() => text('second'))
    world.taken[0]?.subscription.notify(() => text('never told'))
    world.taken[0]?.subscription.end('deactivated', () => text('last'))
    world.clock.advance(500)
    expect(watched.bodies).toEqual(['first', 'second'])
    world.clock.advance(500)
    expect(watched.bodies).toEqual(['first', 'second', 'last'])
    expect(watched.faults).toEqual([])
    world.expectOver()
  })
})
