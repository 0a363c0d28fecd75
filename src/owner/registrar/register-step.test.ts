import { describe, expect, it } from 'vitest'
import {
  type ReceivedParts,
  receivedRequest,
  tcpFrom,
  udpFrom,
} from '../../../test/helpers/received-request.ts'
import { readRegister } from './read-register.ts'
import { type Bindings, stepBindings } from './register-step.ts'

const WALL = 1_000_000

/** The bindings of the phone `kitchen`, told of REGISTERs one after another. */
function kitchen() {
  let bindings: Bindings = []
  let at = 0
  let cseq = 0
  return {
    get contacts() {
      return bindings.map(({ contact }) => contact)
    },
    get bindings() {
      return bindings
    },
    /** Seconds pass. */
    pass(seconds: number) {
      at += seconds * 1000
      const [next, effects] = stepBindings(bindings, { kind: 'time-passed', at })
      bindings = next
      return effects
    },
    disconnect(flow: string) {
      const [next, effects] = stepBindings(bindings, { kind: 'disconnected', flow })
      bindings = next
      return effects
    },
    register(lines: readonly string[], parts: ReceivedParts = {}) {
      const facts = readRegister(receivedRequest('REGISTER', { cseq: ++cseq, ...parts, lines }), 'kitchen')
      if ('status' in facts) return { status: facts.status, headers: facts.headers, effects: [] }
      const [next, effects] = stepBindings(bindings, { kind: 'register', facts, at, wallTime: WALL + at })
      bindings = next
      const answer = effects.find((effect) => effect.kind === 'answer')
      return {
        status: answer?.status,
        headers: answer?.headers,
        effects: effects.filter((e) => e !== answer),
      }
    },
  }
}

const contact = (uri: string, params = '') => `Contact: <${uri}>${params}`
const INSTANCE = ';+sip.instance="<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>"'

describe('a REGISTER', () => {
  it('makes a binding, which is answered with what is left of its time (RFC 3261 §10.3)', () => {
    const phone = kitchen()
    const first = phone.register([contact('sip:kitchen@10.0.0.5:5062', ';q=0.5'), 'Expires: 120'])
    expect(first).toMatchObject({
      status: 200,
      headers: [['Contact', '<sip:kitchen@10.0.0.5:5062>;q=0.5;expires=120']],
      effects: [{ kind: 'save' }, { kind: 'changed', why: 'registered' }],
    })
    expect(phone.bindings).toMatchObject([{ q: 0.5, expiresAt: WALL + 120_000, to: udpFrom('192.0.2.3') }])
    phone.pass(20)
    expect(phone.register([]).headers).toEqual([['Contact', '<sip:kitchen@10.0.0.5:5062>;q=0.5;expires=100']])
  })

  it('refreshes the binding whose contact is equivalent (RFC 3261 §10.3, §19.1.4)', () => {
    const phone = kitchen()
    phone.register([contact('sip:kitchen@10.0.0.5')])
    phone.pass(100)
    const { effects } = phone.register([contact('sip:kitchen@10.0.0.5;rinstance=1')])
    expect(effects).toMatchObject([
      { kind: 'remove' },
      { kind: 'save' },
      { kind: 'changed', why: 'refreshed' },
    ])
    expect(phone.contacts).toEqual(['sip:kitchen@10.0.0.5;rinstance=1'])
  })

  it('gives each contact its own time: parameter, header, default, and what is malformed an hour (RFC 3261 §10.2.1.1, §20.10)', () => {
    const phone = kitchen()
    const lines = [contact('sip:a@b', ';expires=90'), contact('sip:c@d'), contact('sip:e@f', ';expires=soon')]
    expect(phone.register([...lines, 'Expires: 240']).headers).toEqual([
      ['Contact', '<sip:a@b>;expires=90'],
      ['Contact', '<sip:c@d>;expires=240'],
      ['Contact', '<sip:e@f>;expires=3600'],
    ])
    expect(phone.register([contact('sip:c@d')]).headers?.at(-1)).toEqual(['Contact', '<sip:c@d>;expires=600'])
  })

  it('gets an hour at most, and 423 with Min-Expires for less than a minute (RFC 3261 §10.3, §21.4.17)', () => {
    const phone = kitchen()
    expect(phone.register([contact('sip:a@b'), 'Expires: 9999999999']).headers).toEqual([
      ['Contact', '<sip:a@b>;expires=3600'],
    ])
    expect(phone.register([contact('sip:a@b', ';expires=59')])).toMatchObject({
      status: 423,
      headers: [['Min-Expires', '60']],
    })
    expect(phone.register([contact('sip:a@b', ';expires=60')]).status).toBe(200)
  })

  it('removes a contact with expires=0, and all with * (RFC 3261 §10.2.2)', () => {
    const phone = kitchen()
    phone.register([contact('sip:a@b'), contact('sip:c@d'), contact('sip:e@f')])
    expect(phone.register([contact('sip:a@b', ';expires=0')]).effects).toMatchObject([
      { kind: 'remove' },
      { kind: 'changed', why: 'gone' },
    ])
    expect(phone.contacts).toEqual(['sip:c@d', 'sip:e@f'])
    expect(phone.register(['Contact: *', 'Expires: 0']).headers).toEqual([])
    expect(phone.contacts).toEqual([])
    expect(phone.register(['Contact: *', 'Expires: 0']).effects).toEqual([])
  })

  it('with * and any other Expires, or other contacts beside it, gets 400 (RFC 3261 §10.3)', () => {
    expect(kitchen().register(['Contact: *', 'Expires: 60']).status).toBe(400)
    expect(kitchen().register(['Contact: *']).status).toBe(400)
    expect(kitchen().register(['Contact: *, <sip:a@b>', 'Expires: 0']).status).toBe(400)
  })

  it('that was overtaken by a later one changes nothing (RFC 3261 §10.3)', () => {
    const phone = kitchen()
    phone.register([contact('sip:a@b')], { cseq: 7 })
    const before = phone.bindings
    expect(phone.register([contact('sip:a@b', ';expires=0'), contact('sip:c@d')], { cseq: 7 }).status).toBe(
      500,
    )
    expect(phone.register(['Contact: *', 'Expires: 0'], { cseq: 6 }).status).toBe(500)
    expect(phone.bindings).toBe(before)
    expect(phone.register([contact('sip:a@b')], { cseq: 1, callId: 'after-a-restart' }).status).toBe(200)
  })

  it('for somebody else gets 403 (RFC 3261 §10.3)', () => {
    expect(kitchen().register([], { to: '<sip:office@192.0.2.2>' }).status).toBe(403)
    expect(kitchen().register([], { user: 'office' }).status).toBe(403)
    expect(kitchen().register([], { user: 'Kitchen' }).status).toBe(200)
  })

  it('that requires what we lack gets 420 (RFC 3261 §8.2.2.3)', () => {
    expect(kitchen().register(['Require: path, gruu'])).toMatchObject({
      status: 420,
      headers: [['Unsupported', 'gruu']],
    })
  })

  it('with contacts that are no SIP URI, too many or too long is refused', () => {
    expect(kitchen().register([contact('mailto:kitchen@house.example')]).status).toBe(400)
    const many = Array.from({ length: 11 }, (_, n) => contact(`sip:k@192.0.2.${n}`))
    expect(kitchen().register(many).status).toBe(400)
    expect(kitchen().register([contact(`sip:${'k'.repeat(1100)}@b`)]).status).toBe(513)
    expect(kitchen().register([`Path: <sip:${'k'.repeat(1100)}@b>`]).status).toBe(513)
  })

  it('past ten bindings takes the place of the one that lapses first', () => {
    const phone = kitchen()
    for (let n = 0; n < 10; n++)
      phone.register([contact(`sip:k@192.0.2.${n}`), `Expires: ${n === 4 ? 60 : 600}`])
    phone.register([contact('sip:k@192.0.2.99')])
    expect(phone.contacts).toHaveLength(10)
    expect(phone.contacts).not.toContain('sip:k@192.0.2.4')
  })
})

describe('the way to a phone', () => {
  it('is the way that its REGISTER came, whatever it takes itself for (RFC 3581)', () => {
    const phone = kitchen()
    phone.register([contact('sip:kitchen@10.0.0.5:5060')], { source: udpFrom('203.0.113.7', 61_000) })
    phone.register([contact('sip:kitchen@10.0.0.6:5060;transport=tcp')], {
      source: tcpFrom('203.0.113.7', 'flow-1'),
    })
    expect(phone.bindings.map(({ to }) => to)).toEqual([
      udpFrom('203.0.113.7', 61_000),
      tcpFrom('203.0.113.7', 'flow-1'),
    ])
  })

  it('is its contact where a connection came from that very host: over it, and anew when it is closed (RFC 5923)', () => {
    const phone = kitchen()
    const source = tcpFrom('192.0.2.3', 'flow-1', 41_000)
    phone.register([contact('sip:kitchen@192.0.2.3:5062;transport=tcp')], { source })
    expect(phone.bindings).toMatchObject([{ to: { ...source, port: 5062 } }])
    phone.register([contact('sip:kitchen@192.0.2.3:5062;transport=udp')], { source })
    expect(phone.bindings.at(-1)).toMatchObject({ to: source })
  })

  it('is lost with its connection, unless the phone can be connected to (RFC 5626 §4.2.1)', () => {
    const phone = kitchen()
    const source = tcpFrom('192.0.2.3', 'flow-1', 41_000)
    const behindNat = contact('sip:kitchen@10.0.0.5;transport=tcp')
    const itself = contact('sip:kitchen@192.0.2.3:5062;transport=tcp')
    const outbound = contact('sip:kitchen@192.0.2.3:5063;transport=tcp', `${INSTANCE};reg-id=1`)
    const browser = contact('sip:kitchen@192.0.2.3;transport=ws')
    phone.register([behindNat, itself], { source })
    phone.register([outbound], { source: tcpFrom('192.0.2.3', 'flow-2', 41_001) })
    phone.register([browser], { source: { ...source, transport: 'ws', flow: 'ws-1' } })
    phone.register([contact('sip:kitchen@10.0.0.7')], { source: udpFrom('192.0.2.3', 41_000) })
    expect(phone.disconnect('flow-9')).toEqual([])
    expect(phone.disconnect('flow-1')).toMatchObject([{ kind: 'remove' }, { kind: 'changed', why: 'gone' }])
    phone.disconnect('flow-2')
    phone.disconnect('ws-1')
    expect(phone.contacts).toEqual(['sip:kitchen@192.0.2.3:5062;transport=tcp', 'sip:kitchen@10.0.0.7'])
  })

  it('follows the phone to another port (RFC 5626 §4.4)', () => {
    const phone = kitchen()
    phone.register([contact('sip:kitchen@10.0.0.5')], { source: udpFrom('203.0.113.7', 61_000) })
    phone.register([contact('sip:kitchen@10.0.0.5')], { source: udpFrom('203.0.113.7', 61_001) })
    expect(phone.bindings.map(({ to }) => to.port)).toEqual([61_001])
  })

  it('is its Path, which the answer shows (RFC 3327 §5.3)', () => {
    const phone = kitchen()
    const path = ['<sip:198.51.100.1;lr>', '<sip:edge.example;lr;ob>']
    const lines = [contact('sip:kitchen@10.0.0.5'), 'Supported: path', `Path: ${path.join(', ')}`]
    const { headers } = phone.register(lines, { source: udpFrom('198.51.100.1', 5070) })
    expect(headers?.slice(1)).toEqual(path.map((value) => ['Path', value]))
    expect(phone.bindings).toMatchObject([
      { routes: path, to: { transport: 'udp', address: '198.51.100.1', port: 5060 }, direct: false },
    ])
    expect(phone.register(['Path: <broken']).status).toBe(400)
  })

  it('is no Path to somebody else: no phone makes us call whom it likes', () => {
    const phone = kitchen()
    phone.register([contact('sip:+1900123@198.51.100.1'), 'Path: <sip:198.51.100.1;lr>'])
    expect(phone.bindings).toMatchObject([{ to: udpFrom('192.0.2.3') }])
  })
})

describe('a device with a name (RFC 5626 §6)', () => {
  const SUPPORTED = 'Supported: path, outbound'

  it('has one binding, wherever it is, and each flow of it one', () => {
    const phone = kitchen()
    phone.register([contact('sip:k@10.0.0.5', INSTANCE)])
    phone.register([contact('sip:k@10.0.0.9', INSTANCE)], { source: udpFrom('192.0.2.4') })
    expect(phone.contacts).toEqual(['sip:k@10.0.0.9'])
    for (const id of [1, 2])
      phone.register([contact('sip:k@10.0.0.9', `${INSTANCE};reg-id=${id}`), SUPPORTED])
    expect(phone.bindings.map(({ regId }) => regId)).toEqual([null, 1, 2])
    phone.register([contact('sip:k@10.0.0.7', `${INSTANCE};reg-id=2`), SUPPORTED])
    expect(phone.contacts).toEqual(['sip:k@10.0.0.9', 'sip:k@10.0.0.9', 'sip:k@10.0.0.7'])
  })

  it('is told that its flow is kept, and how long', () => {
    const phone = kitchen()
    const lines = [contact('sip:k@10.0.0.5', `${INSTANCE};reg-id=1`), SUPPORTED]
    const { headers } = phone.register(lines)
    expect(headers).toEqual([
      ['Contact', `<sip:k@10.0.0.5>;expires=600${INSTANCE};reg-id=1`],
      ['Require', 'outbound'],
      ['Flow-Timer', '29'],
    ])
    expect(phone.register(lines, { source: tcpFrom('192.0.2.3', 'f') }).headers?.at(-1)).toEqual([
      'Flow-Timer',
      '120',
    ])
  })

  it('is not told so without `outbound` or reg-id, nor does a reg-id without instance count', () => {
    const phone = kitchen()
    expect(phone.register([contact('sip:k@10.0.0.5', `${INSTANCE};reg-id=1`)]).headers).toHaveLength(1)
    expect(phone.register([contact('sip:k@10.0.0.5', INSTANCE), SUPPORTED]).headers).toHaveLength(2)
    phone.register([contact('sip:k@10.0.0.8', ';reg-id=1'), SUPPORTED])
    expect(phone.bindings.at(-1)?.regId).toBeNull()
  })

  it('gets 439 where a proxy between us does not keep flows', () => {
    const lines = [contact('sip:k@10.0.0.5', `${INSTANCE};reg-id=1`), SUPPORTED]
    const via = 'Via: SIP/2.0/UDP 10.0.0.5;branch=z9hG4bKtwo'
    expect(kitchen().register([...lines, via]).status).toBe(439)
    expect(kitchen().register([...lines, via, 'Path: <sip:198.51.100.1;lr>']).status).toBe(439)
    expect(kitchen().register([...lines, via, 'Path: <sip:198.51.100.1;lr;ob>']).status).toBe(200)
    // The phone's own proxy is the one that came first, and stands last.
    const through = (path: string) => kitchen().register([...lines, via, `Path: ${path}`]).status
    expect(through('<sip:198.51.100.1;lr>, <sip:198.51.100.2;lr;ob>')).toBe(200)
    expect(through('<sip:198.51.100.1;lr;ob>, <sip:198.51.100.2;lr>')).toBe(439)
  })

  it('gets 400 for two contacts with a flow', () => {
    const lines = [contact('sip:a@b', `${INSTANCE};reg-id=1`), contact('sip:c@d'), SUPPORTED]
    expect(kitchen().register(lines).status).toBe(400)
  })
})

describe('a phone that was restarted', () => {
  it('takes the place of what it was, when it comes from the same port with another Call-ID (RFC 3261 §10.2.4)', () => {
    const phone = kitchen()
    phone.register([contact('sip:kitchen@10.0.0.5;line=abc'), contact('sip:other@10.0.0.5')])
    const { effects } = phone.register([contact('sip:kitchen@10.0.0.5;line=xyz')], { callId: 'restarted' })
    expect(phone.contacts).toEqual(['sip:kitchen@10.0.0.5;line=xyz'])
    expect(effects.at(-1)).toEqual({ kind: 'changed', why: 'registered' })
  })

  it('leaves alone what other devices have, and what came through the same proxy', () => {
    const phone = kitchen()
    phone.register([contact('sip:a@10.0.0.5')])
    phone.register([contact('sip:b@10.0.0.6')], { callId: 'b', source: udpFrom('192.0.2.4') })
    const via = 'Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bKtwo'
    for (const name of ['c', 'd'])
      phone.register([contact(`sip:${name}@10.0.0.7`), via], { callId: name, source: udpFrom('192.0.2.9') })
    expect(phone.contacts).toHaveLength(4)
  })
})

it('bindings lapse at their time (RFC 3261 §10.3)', () => {
  const phone = kitchen()
  phone.register([contact('sip:a@b', ';expires=60'), contact('sip:c@d', ';expires=90')])
  expect(phone.pass(59)).toEqual([])
  expect(phone.pass(1)).toMatchObject([{ kind: 'remove' }, { kind: 'changed', why: 'gone' }])
  expect(phone.contacts).toEqual(['sip:c@d'])
})
