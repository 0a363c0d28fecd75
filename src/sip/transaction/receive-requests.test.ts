import { afterEach, describe, expect, it } from 'vitest'
import { type RawLayer, rawLayer, requestText } from '../../../test/helpers/raw-layer.ts'
import { buildResponse } from '../message/build.ts'

const peers: RawLayer[] = []
const setUp = (options?: Parameters<typeof rawLayer>[0]) => {
  const peer = rawLayer(options)
  peers.push(peer)
  return peer
}
const respond = (peer: RawLayer, status: number) => {
  const served = peer.requests.at(-1)
  if (served) served.respond(buildResponse(served.request, status, { toTag: 'ours' }))
  peer.clock.advance(5)
}
const toTagOf = (text: string | undefined) => /^To:.*;tag=(\S+)/m.exec(text ?? '')?.[1]

afterEach(async () => {
  for (const peer of peers.splice(0)) {
    await peer.close()
    // Closing frees every timer of the layer; what the network still carries arrives nowhere.
    peer.clock.advance(10)
    expect(peer.layer.size + peer.clock.pending).toBe(0)
  }
})

describe('matching (RFC 3261 §17.2.3)', () => {
  it('absorbs a retransmitted INVITE and sends the last provisional response again', () => {
    const peer = setUp()
    peer.say(requestText('INVITE'))
    peer.say(requestText('INVITE'))
    respond(peer, 180)
    peer.say(requestText('INVITE'))
    expect(peer.requests).toHaveLength(1)
    expect(peer.statuses()).toEqual([100, 100, 180, 180])
  })

  it('tells requests apart by branch, by sent-by and by method', () => {
    const peer = setUp()
    peer.say(requestText('OPTIONS'))
    peer.say(requestText('OPTIONS', { branch: 'z9hG4bKtwo', cseq: '2 OPTIONS' }))
    peer.say(requestText('INFO', { cseq: '3 INFO' }))
    peer.say(
      requestText('OPTIONS', { via: 'SIP/2.0/UDP 192.0.2.9;rport;branch=z9hG4bKone', cseq: '4 OPTIONS' }),
    )
    expect(peer.requests).toHaveLength(4)
  })

  it('matches RFC 2543 requests, which have no magic cookie, by all that identifies them', () => {
    const peer = setUp()
    const via = 'SIP/2.0/UDP 192.0.2.1:5060'
    peer.say(requestText('INVITE', { via }))
    peer.say(requestText('INVITE', { via }))
    expect(peer.requests).toHaveLength(1)
    respond(peer, 486)
    peer.say(requestText('ACK', { via, cseq: '1 ACK', toTag: 'ours' }))
    expect(peer.acks).toEqual([])
    // A new request of the same dialog has another CSeq.
    peer.say(requestText('INVITE', { via, cseq: '2 INVITE' }))
    expect(peer.requests).toHaveLength(2)
    peer.say(requestText('CANCEL', { via, cseq: '2 CANCEL' }))
    expect(peer.statuses().at(-1)).toBe(200)
  })

  it('keeps the ACK of a refusal to itself, and passes up the ACK of a 2xx whatever its branch', () => {
    const peer = setUp()
    peer.say(requestText('INVITE'))
    respond(peer, 200)
    peer.say(requestText('ACK', { branch: 'z9hG4bKack', cseq: '1 ACK', toTag: 'ours' }))
    peer.say(requestText('ACK', { cseq: '1 ACK', toTag: 'ours' }))
    expect(peer.acks).toHaveLength(2)
    expect(peer.acks[0]?.source.address).toBe('192.0.2.1')
  })
})

describe('CANCEL (RFC 3261 §9.2)', () => {
  it('is answered with 200 under the To tag of the INVITE, and told to the user each time until it has answered', () => {
    const peer = setUp()
    let cancels = 0
    peer.say(requestText('INVITE'))
    const [served] = peer.requests
    if (served) {
      served.onCancelled = () => {
        cancels++
        served.respond(buildResponse(served.request, 487, { toTag: 'ours' }))
      }
    }
    respond(peer, 180)
    peer.say(requestText('CANCEL', { cseq: '1 CANCEL' }))
    peer.say(requestText('CANCEL', { cseq: '1 CANCEL' }))
    expect(peer.statuses()).toEqual([100, 180, 200, 487, 200])
    expect(toTagOf(peer.heard[2])).toBe('ours')
    expect(cancels).toBe(1)
  })

  it('has no effect on an INVITE that was answered', () => {
    const peer = setUp()
    let cancelled = false
    peer.say(requestText('INVITE'))
    const [served] = peer.requests
    if (served) {
      served.onCancelled = () => {
        cancelled = true
      }
    }
    respond(peer, 200)
    peer.say(requestText('CANCEL', { cseq: '1 CANCEL' }))
    expect(peer.statuses()).toEqual([100, 200, 200])
    expect(cancelled).toBe(false)
  })

  it('gets 481 where there is nothing to cancel, with the same To tag each time (RFC 3261 §8.2.7)', () => {
    const peer = setUp()
    peer.say(requestText('CANCEL'))
    peer.say(requestText('CANCEL'))
    expect(peer.statuses()).toEqual([481, 481])
    expect(toTagOf(peer.heard[0])).toMatch(/^[0-9a-f]{16}$/)
    expect(toTagOf(peer.heard[1])).toBe(toTagOf(peer.heard[0]))
    expect(peer.layer.size).toBe(0)
  })
})

describe('turning away without keeping anything', () => {
  it('RFC 3261 §8.2.2.2: a request that came by another way too gets 482', () => {
    const peer = setUp()
    peer.say(requestText('INVITE'))
    peer.say(requestText('INVITE', { branch: 'z9hG4bKfork' }))
    expect(peer.statuses()).toEqual([100, 482])
    // In a dialog it is a request of its own.
    peer.say(requestText('INVITE', { branch: 'z9hG4bKthree', toTag: 'ours' }))
    expect(peer.requests).toHaveLength(2)
    respond(peer, 404)
  })

  it('RFC 3261 §8.2.2.2: only while the first is being served', () => {
    const peer = setUp()
    peer.say(requestText('OPTIONS'))
    respond(peer, 200)
    peer.clock.advance(32_000)
    peer.say(requestText('OPTIONS', { branch: 'z9hG4bKfork' }))
    expect(peer.requests).toHaveLength(2)
  })

  it('answers 503 with Retry-After when the table is full', () => {
    const peer = setUp({ limits: { serverTransactions: 1 } })
    peer.say(requestText('INVITE'))
    peer.say(requestText('INVITE', { branch: 'z9hG4bKtwo', cseq: '2 INVITE' }))
    expect(peer.statuses()).toEqual([100, 503])
    expect(peer.heard[1]).toContain('Retry-After: 10')
    expect(peer.layer.size).toBe(1)
  })

  it('RFC 3261 §8.2: answers 400 to what lacks a header, 505 to another version, 416 to another scheme', () => {
    const peer = setUp()
    peer.say(requestText('OPTIONS').replace(/Call-ID.*\n/, ''))
    peer.say(requestText('OPTIONS').replace('SIP/2.0\n', 'SIP/3.0\n'))
    peer.say(requestText('OPTIONS').replace('sip:line@192.0.2.2', 'mailto:line@192.0.2.2'))
    peer.say(requestText('OPTIONS').replace('CSeq: 1 OPTIONS', 'CSeq: 1 INVITE'))
    expect(peer.statuses()).toEqual([400, 505, 416, 400])
    expect(peer.requests).toEqual([])
    expect(peer.layer.size).toBe(0)
  })

  it('never answers a broken ACK, a broken response, or noise', () => {
    const peer = setUp()
    peer.say(requestText('ACK').replace(/Call-ID.*\n/, ''))
    peer.say(requestText('ACK').replace('SIP/2.0\n', 'SIP/3.0\n'))
    peer.say('SIP/2.0 nonsense\n\n')
    peer.say('GET / HTTP/1.1\n\n')
    peer.say('\u0001\u0002')
    expect(peer.heard).toEqual([])
    expect(peer.acks).toEqual([])
  })

  it('is silent toward sources that are not admitted, whatever they send', () => {
    const peer = setUp({ admits: false })
    peer.say(requestText('INVITE'))
    peer.say(requestText('OPTIONS').replace(/Call-ID.*\n/, ''))
    peer.say(requestText('CANCEL'))
    peer.say(requestText('ACK'))
    expect(peer.heard).toEqual([])
    expect([peer.requests, peer.acks, peer.layer.size]).toEqual([[], [], 0])
  })

  it('passes up a request with Max-Forwards 0: only a proxy must refuse it (RFC 3261 §16.3)', () => {
    const peer = setUp()
    peer.say(requestText('OPTIONS').replace('Max-Forwards: 70', 'Max-Forwards: 0'))
    expect(peer.requests).toHaveLength(1)
  })
})

describe('responses', () => {
  const response = (vias: string) => `SIP/2.0 200 OK
${vias}From: <sip:a@192.0.2.2>;tag=a
To: <sip:b@192.0.2.1>;tag=b
Call-ID: other
CSeq: 1 INVITE
Content-Length: 0

`

  it('RFC 3261 §17.1.3: passes up strays, even from sources that are not admitted', () => {
    const peer = setUp({ admits: false })
    peer.say(response('Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKold\n'))
    expect(peer.strays.map(({ status }) => status)).toEqual([200])
  })

  it('RFC 3261 §8.1.3.3: drops a response with more than one Via', () => {
    const peer = setUp()
    peer.say(response('Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKold\nVia: SIP/2.0/UDP 192.0.2.9\n'))
    expect(peer.strays).toEqual([])
  })

  it('RFC 3261 §18.2.2: go to the sent-by port where no rport was asked for', () => {
    const peer = setUp()
    peer.say(requestText('OPTIONS', { via: 'SIP/2.0/UDP 192.0.2.1:5099;branch=z9hG4bKone' }))
    respond(peer, 200)
    expect(peer.network.trace.at(-1)?.to).toEqual({ address: '192.0.2.1', port: 5099 })
  })
})

describe('a request that is dismissed (RFC 3261 §8.2.7)', () => {
  const dismiss = (peer: RawLayer, status?: number) => {
    const served = peer.requests.at(-1)
    served?.dismiss(
      status === undefined ? undefined : buildResponse(served.request, status, { toTag: 'ours' }),
    )
    served?.respond(buildResponse(served.request, 200, { toTag: 'ours' }))
    peer.clock.advance(5)
  }

  it('is answered once and forgotten; when it comes again it is a new one', () => {
    const peer = setUp()
    peer.say(requestText('OPTIONS'))
    dismiss(peer, 401)
    expect(peer.statuses()).toEqual([401])
    expect(peer.layer.size + peer.clock.pending).toBe(0)
    peer.say(requestText('OPTIONS'))
    expect(peer.requests).toHaveLength(2)
  })

  it('may get no answer at all', () => {
    const peer = setUp()
    peer.say(requestText('OPTIONS'))
    dismiss(peer)
    expect(peer.statuses()).toEqual([])
    expect(peer.layer.size + peer.clock.pending).toBe(0)
  })

  it('leaves no ACK to anybody where it was an INVITE', () => {
    const peer = setUp()
    peer.say(requestText('INVITE'))
    dismiss(peer, 401)
    expect(peer.statuses()).toEqual([100, 401])
    expect(peer.layer.size).toBe(0)
    peer.say(requestText('ACK', { cseq: '1 ACK', toTag: 'ours' }))
    peer.clock.advance(40_000)
    expect(peer.statuses()).toEqual([100, 401])
  })
})
