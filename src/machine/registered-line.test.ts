import { expect, it } from 'vitest'
import { CALLER, HOUSE, openHouse } from '../../test/helpers/in-memory-house.ts'
import { rawPeer } from '../../test/helpers/raw-peer.ts'

const account = {
  registrar: `sip:${CALLER}`,
  user: '030123',
  authUser: null,
  password: 'secret',
  outboundProxy: null,
  expirySeconds: 600,
}

/** Answers the last REGISTER as a registrar that takes it. */
function grant({ caller }: Awaited<ReturnType<typeof openHouse>>): void {
  const request = caller.requests('REGISTER').at(-1)
  const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq', 'Contact', 'Expires']
  caller.send(
    `SIP/2.0 200 OK\n${copied.map((name) => `${name}: ${request?.headers.first(name)}`).join('\n')}\n\n`,
  )
}

it('a line with an account takes calls from its registrar and from nowhere else, and says how it stands', async () => {
  await using house = await openHouse({ line: { trunk: [], account, ringSeconds: 0 } })
  await house.pass(10)
  expect(house.registrations.get('line')).toMatchObject({ state: 'registering', problem: null })
  grant(house)
  await house.pass(10)
  expect(house.registrations.get('line')).toMatchObject({
    state: 'registered',
    server: `udp ${CALLER}:5060`,
  })

  const stranger = rawPeer(house.network, { address: '198.51.100.9', to: { address: HOUSE, port: 5060 } })
  stranger.send(
    'INVITE sip:030123@192.0.2.2 SIP/2.0\nVia: SIP/2.0/UDP 198.51.100.9;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=1\nTo: <sip:030123@192.0.2.2>\nCall-ID: s\nCSeq: 1 INVITE\nContact: <sip:a@198.51.100.9>\nMax-Forwards: 70\n',
  )
  await house.pass(10)
  expect(stranger.heard).toEqual([])

  await house.invite()
  await house.ack()
  expect(house.machine.liveCalls()).toMatchObject([{ phase: 'greeting' }])
  await house.bye()
  await house.pass(100)
})

it('takes the registration away when the machine leaves, and writes down why one does not stand', async () => {
  await using house = await openHouse({ line: { trunk: [], account } })
  await house.pass(33_000)
  expect(house.registrations.get('line')).toMatchObject({
    state: 'failing',
    problem: { code: 'AP_REGISTRAR_SILENT', detail: `udp ${CALLER}:5060` },
  })
  await house.pass(5000)
  grant(house)
  await house.pass(10)
  const drained = house.machine.drain(100)
  await house.pass(10)
  grant(house)
  await house.pass(200)
  await drained
  expect(house.caller.requests('REGISTER').at(-1)?.headers.first('Expires')).toBe('0')
})

it('hears out calls that came by a registration that has ended, and registers no more once it leaves', async () => {
  await using house = await openHouse({ line: { trunk: [], account, ringSeconds: 0 } })
  await house.pass(10)
  grant(house)
  await house.invite()
  await house.ack()
  const drained = house.machine.drain(60_000)
  await house.pass(10)
  grant(house)
  const asked = house.caller.requests('REGISTER').length
  house.changed('lines')
  await house.pass(1000)
  expect(house.caller.requests('REGISTER')).toHaveLength(asked)
  await house.bye()
  expect(house.caller.statuses('2 BYE')).toEqual([200])
  await house.pass(1000)
  await drained
})

it('names the place at which its registrar sees it, in its answer and in the session, to that registrar alone', async () => {
  await using house = await openHouse({ line: { trunk: ['192.0.2.50'], account, ringSeconds: 0 } })
  await house.pass(10)
  const seen = () => {
    const request = house.caller.requests('REGISTER').at(-1)
    const via = request?.headers.first('Via')?.replace(/;rport/, ';rport=40404;received=203.0.113.5')
    const copied = ['From', 'To', 'Call-ID', 'CSeq', 'Contact', 'Expires']
    house.caller.send(
      `SIP/2.0 200 OK\nVia: ${via}\n${copied.map((name) => `${name}: ${request?.headers.first(name)}`).join('\n')}\n\n`,
    )
  }
  seen()
  await house.pass(10)
  seen()
  await house.pass(10)
  expect(house.registrations.get('line')).toMatchObject({ state: 'registered', publicAddress: '203.0.113.5' })
  await house.invite()
  await house.ack()
  const answer = house.caller.response('1 INVITE', 200)
  expect(answer?.headers.first('Contact')).toContain('@203.0.113.5:40404>')
  expect(answer?.body.toString()).toContain('c=IN IP4 203.0.113.5')
  await house.bye()
  await house.pass(100)
})

it.each([
  ['what a STUN server sees, to callers outside', {}, '203.0.113.5', '203.0.113.5:5060'],
  ['what the owner says, before that', { publicAddress: '203.0.113.9' }, '203.0.113.9', '192.0.2.2:5060'],
])('names %s', async (_what, options, sound, contact) => {
  const seenByStun = { address: '203.0.113.5', port: 40_404 }
  await using house = await openHouse({ line: { ringSeconds: 0 }, seenByStun, ...options })
  await house.pass(10)
  await house.invite()
  await house.ack()
  const answer = house.caller.response('1 INVITE', 200)
  // What the owner says is the endpoint's own setting, which this one does not have.
  expect(answer?.headers.first('Contact')).toContain(`@${contact}>`)
  expect(answer?.body.toString()).toContain(`c=IN IP4 ${sound}`)
  await house.bye()
  await house.pass(100)
})
