import { describe, expect, it } from 'vitest'
import { MACHINE } from '../../test/helpers/endpoint-pair.ts'
import { always, leave, named, registeringLine as scene } from '../../test/helpers/registering-line.ts'
import { buildResponse } from '../sip/index.ts'
import type { ServerTransaction } from '../sip/transaction/layer.ts'

describe('a line with an account', () => {
  it('registers as a phone would, and proves who it is by its login name (RFC 3261 §10.2, §22.2)', async () => {
    const { clock, heard, told, line } = scene()
    await clock.advanceAsync(50)
    expect(told).toEqual(['registering', 'registered udp 192.0.2.2:5060'])
    const [first, second] = heard
    expect(first?.uri).toBe('sip:provider.example')
    expect(named(first, 'To')).toBe('<sip:030123@provider.example>')
    expect(named(first, 'From')).toMatch(/^<sip:030123@provider.example>;tag=/)
    expect(named(first, 'Contact')).toMatch(
      /^<sip:030123@192\.0\.2\.1:5060>;\+sip\.instance="<urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}>";reg-id=1$/,
    )
    expect(named(second, 'Authorization')).toContain('username="login"')
    expect(named(second, 'Call-ID')).toBe(named(first, 'Call-ID'))
    expect(line.livesAt({ transport: 'udp', address: MACHINE })).toBe(true)
    expect(line.livesAt({ transport: 'udp', address: '192.0.2.77' })).toBe(false)
    await leave(line, clock)
  })

  it('renews the registration, with a CSeq that counts on and the same Call-ID (§10.2.4)', async () => {
    const { clock, heard, told, line } = scene()
    await clock.advanceAsync(50)
    await clock.advanceAsync(490_000)
    expect(heard).toHaveLength(4)
    expect(new Set(heard.map((request) => named(request, 'Call-ID'))).size).toBe(1)
    const cseqs = heard.map((request) => Number.parseInt(named(request, 'CSeq') ?? '', 10))
    expect(cseqs).toEqual(cseqs.toSorted((a, b) => a - b))
    expect(new Set(cseqs).size).toBe(4)
    // What goes on as it was is no news: since when it stands is seen by who reads it.
    expect(told).toEqual(['registering', 'registered udp 192.0.2.2:5060'])
    await leave(line, clock)
  })

  it('keeps the way through a NAT open, well under 30 s', async () => {
    const { clock, line, network } = scene()
    const kept = () => network.trace.filter(({ text }) => text === '\r\n\r\n').length
    await clock.advanceAsync(100_000)
    expect(kept()).toBe(4)
    const stopped = line.stop()
    await clock.advanceAsync(100_000)
    await stopped
    expect(kept()).toBe(4)
  })

  it.each([
    ['a wrong password', always(403), 'AP_REGISTRAR_LOGIN_REFUSED'],
    ['a user that is not there', always(404), 'AP_REGISTRAR_REFUSED'],
    ['trouble', always(500), 'AP_REGISTRAR_IN_TROUBLE'],
    ['an expiry of nothing', always(200, [['Expires', '0']]), 'AP_REGISTRAR_REFUSED'],
    ['silence', () => true, 'AP_REGISTRAR_SILENT'],
  ])('says what is wrong: %s', async (_what, answer, code) => {
    const { clock, told, line } = scene({ answer })
    await clock.advanceAsync(40_000)
    expect(told).toContain(`failing udp 192.0.2.2:5060 ${code}`)
    expect(line.way).toBeUndefined()
    await leave(line, clock)
  })

  it('is told apart: a name that is not there, and name servers that are not', async () => {
    const none = scene({ places: async () => [] })
    await none.clock.advanceAsync(10)
    expect(none.told).toEqual(['registering', 'failing AP_REGISTRAR_NOT_FOUND'])
    const silent = scene({
      places: async () => Promise.reject(Object.assign(new Error('x'), { code: 'ESERVFAIL' })),
    })
    await silent.clock.advanceAsync(10)
    expect(silent.told).toEqual(['registering', 'failing AP_REGISTRAR_NAME_UNKNOWN'])
    await Promise.all([leave(none.line, none.clock), leave(silent.line, silent.clock)])
  })

  it('comes back by itself within two minutes of its registrar', async () => {
    let isDown = true
    const { clock, told, line } = scene({ answer: () => isDown })
    await clock.advanceAsync(3_600_000)
    expect(told.at(-1)).toContain('AP_REGISTRAR_SILENT')
    isDown = false
    await clock.advanceAsync(120_000 + 32_000)
    expect(told.at(-1)).toBe('registered udp 192.0.2.2:5060')
    await leave(line, clock)
  })

  it('asks for longer where the registrar wants it (423, RFC 3261 §10.2.8)', async () => {
    const { clock, heard, told, line } = scene({
      answer: (transaction) =>
        Number(named(transaction.request, 'Expires')) < 1800 &&
        always(423, [['Min-Expires', '1800']])(transaction),
    })
    await clock.advanceAsync(50)
    expect(heard.map((request) => named(request, 'Expires'))).toEqual(['600', '1800', '1800'])
    expect(told.at(-1)).toBe('registered udp 192.0.2.2:5060')
    await leave(line, clock)
  })

  it('knows how late it is at its registrar, where that says so (RFC 3261 §20.17)', async () => {
    const date = 'Mon, 05 Jan 2026 09:10:00 GMT'
    const said = scene({
      headers: () => [
        ['Expires', '600'],
        ['Date', date],
      ],
    })
    await said.clock.advanceAsync(50)
    expect(Math.round((said.line.aheadMs ?? 0) / 1000)).toBe(600)
    const unsaid = scene({
      headers: () => [
        ['Expires', '600'],
        ['Date', 'yesterday'],
      ],
    })
    await unsaid.clock.advanceAsync(50)
    expect(unsaid.line.aheadMs).toBeUndefined()
    await Promise.all([leave(said.line, said.clock), leave(unsaid.line, unsaid.clock)])
  })

  it('goes by the outbound proxy and the Service-Route that it is given (RFC 3608)', async () => {
    const asked: string[] = []
    const { clock, heard, line } = scene({
      account: { outboundProxy: 'sip:proxy.example' },
      places: async () => {
        asked.push('located')
        return [{ transport: 'udp', address: MACHINE, port: 5060 }]
      },
      headers: () => [['Service-Route', '<sip:edge.example;lr>, <sip:core.example;lr>']],
    })
    await clock.advanceAsync(50)
    expect(named(heard[0], 'Route')).toBe('<sip:proxy.example;lr>')
    expect(heard[0]?.uri).toBe('sip:provider.example')
    expect(line.way?.routes).toEqual(['<sip:edge.example;lr>', '<sip:core.example;lr>'])
    await leave(line, clock)
  })

  it('names for calls the other places of the registrar, by the same transport and no other (RFC 3263 §4.3)', async () => {
    const there = { transport: 'udp', address: MACHINE, port: 5060 } as const
    const next = { transport: 'udp', address: '192.0.2.20', port: 5060 } as const
    const { clock, line } = scene({
      places: async () => [there, next, { transport: 'tcp', address: MACHINE, port: 5060 }],
    })
    expect(line.way).toBeUndefined()
    await clock.advanceAsync(50)
    expect(line.way).toMatchObject({ to: there, alternatives: [next] })
    await leave(line, clock)
    expect(line.way).toBeUndefined()
  })

  it('gives the address at which the registrar sees it, once, where a NAT is between (RFC 3581)', async () => {
    const { clock, heard, line } = scene({
      answer(transaction) {
        const { request } = transaction
        const via = named(request, 'Via')
          ?.replace(/;rport(=\d+)?/, ';rport=40404')
          .replace(/;received=[^;]*/, '')
        const response = buildResponse(request, 200, {
          toTag: 'x',
          headers: [['Contact', named(request, 'Contact') ?? '']],
        })
        response.headers.set('Via', `${via};received=203.0.113.5`)
        transaction.respond(response)
        return true
      },
    })
    await clock.advanceAsync(100)
    expect(heard).toHaveLength(2)
    expect(named(heard[1], 'Contact')).toContain('<sip:030123@203.0.113.5:40404>')
    // The old place goes with it: a registrar that keeps one Contact only would refuse a second.
    expect(heard[1]?.headers.all('Contact')[1]).toBe('<sip:030123@192.0.2.1:5060>;expires=0')
    expect(line.publicAddress).toBe('203.0.113.5')
    await leave(line, clock)
  })

  /** A registrar that sees Alice at this address and port, as it is when it is asked. */
  const seesAt = (place: () => readonly [string, number]) => (transaction: ServerTransaction) => {
    const { request } = transaction
    const [address, port] = place()
    const via = named(request, 'Via')
      ?.replace(/;rport(=\d+)?/, `;rport=${port}`)
      .replace(/;received=[^;]*/, '')
    const response = buildResponse(request, request.method === 'REGISTER' ? 200 : 405, {
      toTag: 'x',
      headers: [['Contact', named(request, 'Contact') ?? '']],
    })
    response.headers.set('Via', `${via};received=${address}`)
    transaction.respond(response)
    return true
  }

  it('notices within a minute that the address of its home is another one, and registers there', async () => {
    let address = '203.0.113.5'
    const { clock, heard, told, line } = scene({ answer: seesAt(() => [address, 40_404]) })
    await clock.advanceAsync(50_000)
    expect(told.at(-1)).toBe('registered udp 192.0.2.2:5060 203.0.113.5')
    const before = heard.length
    address = '203.0.113.77'
    await clock.advanceAsync(61_000)
    expect(heard.slice(before).map(({ method }) => method)).toEqual(['OPTIONS', 'REGISTER'])
    expect(named(heard.at(-1), 'Contact')).toContain('203.0.113.77:40404')
    expect(heard.at(-1)?.headers.all('Contact')[1]).toContain('203.0.113.5:40404>;expires=0')
    expect(line.publicAddress).toBe('203.0.113.77')
    expect(told.at(-1)).toBe('registered udp 192.0.2.2:5060 203.0.113.77')
    await leave(line, clock)
  })

  it('asks at once where somebody else has seen that the address is another one', async () => {
    let address = '203.0.113.5'
    const { clock, line } = scene({ answer: seesAt(() => [address, 40_404]) })
    await clock.advanceAsync(100)
    address = '203.0.113.77'
    line.lookAgain()
    await clock.advanceAsync(100)
    expect(line.publicAddress).toBe('203.0.113.77')
    expect(line.seenBy({ transport: 'udp', address: MACHINE })).toMatchObject({ address, port: 40_404 })
    expect(line.seenBy({ transport: 'udp', address: '192.0.2.77' })).toBeUndefined()
    await leave(line, clock)
  })

  it('does not register for ever behind a NAT that gives each packet another port', async () => {
    let port = 40_000
    const { clock, heard, line } = scene({ answer: seesAt(() => ['203.0.113.5', port++]) })
    await clock.advanceAsync(440_000)
    expect(heard.filter(({ method }) => method === 'REGISTER').length).toBeLessThanOrEqual(6)
    await leave(line, clock)
  })

  it('over a connection it names the address in session descriptions, in calls the connection, and keeps its Contact', async () => {
    const { clock, heard, told, line } = scene({
      transport: 'tcp',
      answer: seesAt(() => ['203.0.113.5', 40_404]),
    })
    await clock.advanceAsync(50)
    expect(line.publicAddress).toBe('203.0.113.5')
    expect(told.at(-1)).toBe('registered tcp 192.0.2.2:5060 203.0.113.5')
    expect(heard).toHaveLength(1)
    expect(named(heard[0], 'Contact')).toContain('192.0.2.1:5060;transport=tcp')
    expect(line.seenBy({ transport: 'tcp', address: MACHINE })).toEqual({
      address: '203.0.113.5',
      port: 40_404,
    })
    expect(line.seenBy({ transport: 'udp', address: MACHINE })).toBeUndefined()
    await leave(line, clock)
  })

  it('answers no challenge that comes after its end: that would bring it back', async () => {
    const { clock, heard, line } = scene()
    await clock.advanceAsync(1)
    expect(heard).toHaveLength(1)
    await leave(line, clock)
    expect(heard.map((request) => named(request, 'Expires'))).toEqual(['600', '0', '0'])
  })

  it.each([
    ['udp', ['udp', 'tcp']],
    ['tcp', ['tcp']],
  ] as const)('made over %s, is called from its address over %s alone', async (transport, may) => {
    const { clock, line } = scene({ transport })
    await clock.advanceAsync(50)
    const all = ['udp', 'tcp', 'tls'] as const
    expect(all.filter((by) => line.livesAt({ transport: by, address: MACHINE }))).toEqual(may)
    await leave(line, clock)
  })

  it('gives a connection up over which nobody answers', async () => {
    let isDead = false
    const { clock, alice, told, line } = scene({ transport: 'tcp', answer: () => isDead })
    await clock.advanceAsync(50)
    const dropped: unknown[] = []
    alice.drop = (to) => dropped.push(to)
    isDead = true
    await clock.advanceAsync(480_000 + 40_000)
    expect(told.at(-1)).toContain('AP_REGISTRAR_SILENT')
    expect(dropped[0]).toMatchObject({ transport: 'tcp', flow: expect.any(String) })
    isDead = false
    await leave(line, clock)
  })

  it('is made anew when its connection closes, and taken away when it ends', async () => {
    const { clock, heard, told, line } = scene({ transport: 'tcp' })
    await clock.advanceAsync(50)
    expect(told.at(-1)).toBe('registered tcp 192.0.2.2:5060')
    const to = line.way?.to
    if (to?.flow === undefined) throw new Error('no flow')
    const flow = { ...to, local: { address: '192.0.2.1', port: 5060 } }
    line.closed({ ...flow, flow: 'another' })
    expect(told.at(-1)).toContain('registered')
    line.closed(flow)
    expect(told.at(-1)).toBe('failing tcp 192.0.2.2:5060 AP_REGISTRAR_UNREACHABLE')
    await clock.advanceAsync(10_000)
    expect(told.at(-1)).toBe('registered tcp 192.0.2.2:5060')
    const stopped = line.stop()
    await clock.advanceAsync(50)
    await stopped
    expect(named(heard.at(-1), 'Expires')).toBe('0')
    expect(named(heard.at(-1), 'Authorization')).toContain('login')
    await clock.advanceAsync(7_200_000)
    expect(clock.pending).toBe(0)
  })
})
