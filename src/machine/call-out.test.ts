import { describe, expect, it } from 'vitest'
import { type HousePhone, openPhone } from '../../test/helpers/house-phone.ts'
import {
  HOUSE,
  type HouseOptions,
  type InMemoryHouse,
  openHouse,
  CALLER as PROVIDER,
} from '../../test/helpers/in-memory-house.ts'
import { CHALLENGE, type ProviderByHand, providerByHand } from '../../test/helpers/provider-by-hand.ts'

const account = {
  registrar: `sip:${PROVIDER}`,
  user: '030123',
  authUser: 'login',
  password: 'secret',
  outboundProxy: null,
  expirySeconds: 600,
}
const callOut = { phones: null, atOnce: 2, perHour: 3 }
const RTP_PORT = 31_000
const SDP = `v=0\r\no=- 1 1 IN IP4 ${PROVIDER}\r\ns=-\r\nc=IN IP4 ${PROVIDER}\r\nt=0 0\r\nm=audio ${RTP_PORT} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n`

interface Scene extends AsyncDisposable {
  readonly house: InMemoryHouse
  readonly desk: HousePhone
  readonly provider: ProviderByHand
  /** First bytes of the payloads that the provider got, in hex. */
  readonly sounds: readonly string[]
  /** The provider speaks to where the machine wants it. */
  speak(ms: number, byte: number): Promise<void>
}

/** A house whose line is registered, and a phone that calls out. */
async function scene(line: Partial<HouseOptions['line']> = {}, options: HouseOptions = {}): Promise<Scene> {
  const house = await openHouse({
    line: { trunk: [], account, callOut, ...line },
    phones: [{ name: 'desk' }, { name: 'sofa' }],
    ...options,
  })
  const provider = providerByHand(house.caller, PROVIDER)
  await house.pass(10)
  provider.grant()
  const desk = await openPhone(house, 'desk', '192.0.2.11')
  const sounds: string[] = []
  const ear = house.rtp.openNow(PROVIDER, RTP_PORT, (bytes) => {
    sounds.push(bytes.subarray(12, 13).toString('hex'))
  })
  let sequence = 0
  return {
    house,
    desk,
    provider,
    sounds,
    async speak(ms, byte) {
      const port = Number(/^m=audio (\d+)/m.exec(provider.invites.at(-1)?.body.toString() ?? '')?.[1])
      for (let sent = 0; sent < ms; sent += 20) {
        const packet = Buffer.alloc(172, byte)
        packet[0] = 0x80
        packet[1] = 0
        packet.writeUInt16BE(sequence & 0xffff, 2)
        packet.writeUInt32BE(sequence * 160, 4)
        packet.writeUInt32BE(0xface, 8)
        sequence++
        ear.send(packet, packet.length, { address: HOUSE, port })
        await house.pass(20)
      }
    },
    async [Symbol.asyncDispose]() {
      await desk[Symbol.asyncDispose]()
      await house[Symbol.asyncDispose]()
    },
  }
}

/** The phone calls this number, and the provider hears of it. */
async function dial({ house, desk }: Scene, number = '+49301234567') {
  const call = desk.call(`sip:${number}@${HOUSE}`)
  await house.pass(60)
  return call
}

describe('a call out by the account of a line', () => {
  it('goes to the provider as whoever is registered, proves it, and has sound both ways', async () => {
    await using it = await scene()
    const call = await dial(it)
    const [first] = it.provider.invites
    expect(first?.uri).toBe(`sip:+49301234567@${PROVIDER}`)
    expect(first?.headers.first('To')).toBe(`<sip:+49301234567@${PROVIDER}>`)
    expect(first?.headers.first('From')).toMatch(`<sip:030123@${PROVIDER}>;tag=`)
    expect(first?.headers.first('P-Preferred-Identity')).toBe(`<sip:030123@${PROVIDER}>`)
    expect(first?.headers.first('Supported')).toContain('100rel')
    expect(first?.headers.first('P-Early-Media')).toBe('supported')
    it.provider.respond('407 Proxy Authentication Required', { headers: [CHALLENGE] })
    await it.house.pass(20)
    expect(it.provider.invites[1]?.headers.first('Proxy-Authorization')).toContain('username="login"')
    it.provider.respond('180 Ringing')
    await it.house.pass(20)
    expect(call.statuses).toEqual([401, 100, 180])
    it.provider.respond('200 OK', { sdp: SDP })
    await it.house.pass(20)
    expect(call.state).toBe('talking')
    await Promise.all([it.desk.speak(400, 0x31), it.speak(400, 0x32)])
    expect(it.sounds).toContain('31')
    expect(it.desk.sounds).toContain('32')
    call.hangUp()
    await it.house.pass(20)
    it.provider.respond('200 OK', { to: it.house.caller.requests('BYE')[0] })
    await it.house.pass(100)
    expect(it.house.machine.phonesInUse.houseCalls).toBe(0)
  })

  it('ends for the phone when the other side hangs up, with the reason of the network (RFC 3326)', async () => {
    await using it = await scene()
    const call = await dial(it)
    it.provider.respond('200 OK', { sdp: SDP })
    await it.house.pass(50)
    it.provider.request('BYE', 1, { headers: ['Reason: Q.850;cause=16;text="Normal call clearing"'] })
    await it.house.pass(50)
    expect(call.state).toBe('over')
    expect(call.endedBy).toContain('Reason: Q.850;cause=16')
  })

  it('is cancelled when the phone hangs up while it rings, and not begun again after a challenge', async () => {
    await using it = await scene()
    const call = await dial(it)
    it.provider.respond('180 Ringing')
    await it.house.pass(20)
    call.hangUp()
    await it.house.pass(20)
    expect(it.house.caller.requests('CANCEL')).toHaveLength(1)
    it.provider.respond('487 Request Terminated')
    await it.house.pass(20)
    expect(it.house.machine.phonesInUse.houseCalls).toBe(0)
    const second = await dial(it)
    second.hangUp()
    await it.house.pass(20)
    it.provider.respond('407 Proxy Authentication Required', { headers: [CHALLENGE] })
    await it.house.pass(50)
    expect(it.provider.invites).toHaveLength(2)
    expect(second.status).toBe(487)
  })

  it.each([
    ['302 Moved', 480],
    ['403 Forbidden', 403],
    ['404 Not Found', 404],
    ['407 Proxy Authentication Required', 403],
    ['480 Temporarily Unavailable', 480],
    ['484 Address Incomplete', 484],
    ['486 Busy Here', 486],
    ['503 Service Unavailable', 500],
    ['603 Decline', 603],
  ])('that gets %s is refused with %i', async (status, told) => {
    await using it = await scene()
    const call = await dial(it)
    it.provider.respond(status, { headers: ['Contact: <sip:900123@192.0.2.66>', 'Reason: Q.850;cause=21'] })
    await it.house.pass(50)
    expect(call.status).toBe(told)
    expect(call.heard.at(-1)).toContain('Reason: Q.850;cause=21')
    expect(it.provider.invites).toHaveLength(1)
  })

  it('goes by the Service-Route, and where a NAT is between names the place at which the provider sees us', async () => {
    await using other = await openHouse({
      line: { trunk: [], account, callOut },
      phones: [{ name: 'desk' }],
    })
    const provider = providerByHand(other.caller, PROVIDER)
    const seen = () => {
      const request = other.caller.requests('REGISTER').at(-1)
      const via = request?.headers.first('Via')?.replace(/;rport/, ';rport=40404;received=203.0.113.5')
      const copied = ['From', 'To', 'Call-ID', 'CSeq', 'Contact', 'Expires']
      other.caller.send(
        `SIP/2.0 200 OK\nVia: ${via}\nService-Route: <sip:${PROVIDER};lr;edge>\n${copied.map((name) => `${name}: ${request?.headers.first(name)}`).join('\n')}\n\n`,
      )
    }
    await other.pass(10)
    seen()
    await other.pass(10)
    seen()
    await using desk = await openPhone(other, 'desk', '192.0.2.11')
    desk.call(`sip:030999@${HOUSE}`)
    await other.pass(60)
    const [invite] = provider.invites
    expect(invite?.headers.all('Route')).toEqual([`<sip:${PROVIDER};lr;edge>`])
    expect(invite?.headers.first('Contact')).toBe('<sip:030123@203.0.113.5:40404>')
    expect(invite?.body.toString()).toContain('c=IN IP4 203.0.113.5')
  })
})

describe('what is heard before somebody outside answers', () => {
  it('is what the network plays, where it plays something: 183 with its sound, and both are heard', async () => {
    await using it = await scene()
    const call = await dial(it)
    it.provider.respond('183 Session Progress', { sdp: SDP })
    await it.house.pass(20)
    expect(call.statuses.at(-1)).toBe(183)
    expect(call.media?.host).toBe(HOUSE)
    await it.speak(400, 0x55)
    expect(it.desk.sounds).toContain('55')
    it.provider.respond('200 OK', { sdp: SDP })
    await it.house.pass(20)
    expect(call.state).toBe('talking')
    await it.speak(200, 0x56)
    expect(it.desk.sounds).toContain('56')
  })

  it('goes on through silence: nobody is bound to send before the call is answered', async () => {
    await using it = await scene()
    const call = await dial(it)
    it.provider.respond('183 Session Progress', { sdp: SDP })
    await it.house.pass(60_000)
    expect(call.state).toBe('ringing')
    it.provider.respond('200 OK', { sdp: SDP })
    await it.house.pass(20)
    expect(call.state).toBe('talking')
  })

  it('is the ringing of the phone itself, where the network plays nothing', async () => {
    await using it = await scene()
    const call = await dial(it)
    it.provider.respond('183 Session Progress')
    it.provider.respond('180 Ringing')
    await it.house.pass(20)
    expect(call.statuses.at(-1)).toBe(180)
    expect(call.media).toBeUndefined()
  })

  it('comes reliably where the provider wants that, and its answer counts for the call (RFC 3262)', async () => {
    await using it = await scene()
    const call = await dial(it)
    it.provider.respond('183 Session Progress', { sdp: SDP, headers: ['Require: 100rel', 'RSeq: 42'] })
    await it.house.pass(20)
    const [prack] = it.house.caller.requests('PRACK')
    expect(prack?.headers.first('RAck')).toBe('42 1 INVITE')
    it.provider.respond('200 OK', { to: prack })
    it.provider.respond('200 OK')
    await it.house.pass(20)
    expect(call.state).toBe('talking')
    await Promise.all([it.desk.speak(400, 0x31), it.speak(400, 0x32)])
    expect(it.sounds).toContain('31')
    expect(it.desk.sounds).toContain('32')
  })

  it('is that of the fork that spoke last, until a 199 ends it (RFC 6228); the phone has one call all the while', async () => {
    await using it = await scene()
    const call = await dial(it)
    const fork = (port: number) => SDP.replace(String(RTP_PORT), String(port))
    /** Whom the machine speaks to, and so hears. */
    const heardAt = async () => {
      await it.house.pass(20)
      const before = it.house.rtp.carried.length
      await it.house.pass(200)
      const sent = it.house.rtp.carried.slice(before).filter(({ to }) => to.address === PROVIDER)
      return [...new Set(sent.map(({ to }) => to.port & ~1))]
    }
    it.provider.respond('183 Session Progress', { sdp: SDP, tag: 'one' })
    expect(await heardAt()).toEqual([RTP_PORT])
    it.provider.respond('183 Session Progress', { sdp: fork(31_002), tag: 'two' })
    expect(await heardAt()).toEqual([31_002])
    it.provider.respond('199 Early Dialog Terminated', { tag: 'two' })
    expect(await heardAt()).toEqual([RTP_PORT])
    it.provider.respond('200 OK', { sdp: fork(31_004), tag: 'three' })
    expect(await heardAt()).toEqual([31_004])
    expect(call.statuses.filter((status) => status === 200)).toHaveLength(1)
  })
})

describe('who may call out', () => {
  it('nobody by an account, until somebody has said so', async () => {
    await using it = await scene({ callOut: null })
    expect((await dial(it)).status).toBe(403)
    expect(it.provider.invites).toHaveLength(0)
  })

  it('the phones that the line names', async () => {
    await using it = await scene({ callOut: { ...callOut, phones: ['sofa'] } })
    expect((await dial(it)).status).toBe(403)
    await using sofa = await openPhone(it.house, 'sofa', '192.0.2.12')
    sofa.call(`sip:030999@${HOUSE}`)
    await it.house.pass(60)
    expect(it.provider.invites).toHaveLength(1)
  })

  it('so many at once, and so often in an hour, but anybody at any time an emergency number', async () => {
    await using it = await scene()
    const [first, second] = [await dial(it), await dial(it)]
    const third = await dial(it)
    expect(third.status).toBe(503)
    expect(third.heard.at(-1)).toContain('at once')
    for (const call of [first, second]) {
      call.hangUp()
      it.provider.respond('100 Trying')
      await it.house.pass(20)
    }
    for (const to of it.provider.invites) {
      it.provider.respond('180 Ringing', { to })
      it.provider.respond('487 Request Terminated', { to })
    }
    await it.house.pass(50)
    expect(it.house.machine.phonesInUse.houseCalls).toBe(0)
    const fourth = await dial(it)
    it.provider.respond('486 Busy Here')
    await it.house.pass(50)
    expect(fourth.status).toBe(486)
    const late = await dial(it)
    expect(late.status).toBe(503)
    expect(late.heard.at(-1)).toContain('in an hour')
    await dial(it, '112')
    expect(it.provider.invites.at(-1)?.uri).toBe(`sip:112@${PROVIDER}`)
  })

  it('nobody while the line is not registered: 503', async () => {
    await using house = await openHouse({
      line: { trunk: [], account, callOut },
      phones: [{ name: 'desk' }],
    })
    await using desk = await openPhone(house, 'desk', '192.0.2.11')
    const call = desk.call(`sip:030999@${HOUSE}`)
    await house.pass(60)
    expect(call.status).toBe(503)
    expect(call.heard.at(-1)).toContain('not registered')
  })
})

describe('a line that calls another line of the same machine through the provider', () => {
  it('is two calls and no loop, and its sound does not go out through the NAT to come back (RFC 4787 §6)', async () => {
    await using it = await scene(
      {},
      {
        publicAddress: '203.0.113.5',
        lines: [
          {},
          {
            id: 'far',
            name: 'far',
            number: '0301111',
            account: null,
            callOut: null,
            trunk: [PROVIDER],
            ringSeconds: 0,
          },
        ],
      },
    )
    const { house, provider } = it
    const call = await dial(it, '0309999')
    const [out] = provider.invites
    expect(out?.body.toString()).toContain('c=IN IP4 203.0.113.5')
    // As a proxy passes it on: the same Call-ID and tag, in which the machine meets itself.
    const copied = ['From', 'Call-ID', 'CSeq', 'Contact', 'Content-Type']
    const forward = (branch: string) =>
      house.caller.send(
        `${[
          `INVITE sip:0301111@${HOUSE} SIP/2.0`,
          `Via: SIP/2.0/UDP ${PROVIDER};branch=z9hG4bK-${branch}`,
          `Record-Route: <sip:${PROVIDER};lr>`,
          'Max-Forwards: 69',
          `To: ${out?.headers.first('To')}`,
          ...copied.map((name) => `${name}: ${out?.headers.first(name)}`),
        ].join('\n')}\n\n${out?.body}`,
      )
    forward('first')
    await house.pass(20)
    const answered = house.caller.response('1 INVITE', 200)
    expect(answered?.body.toString()).toContain('c=IN IP4 203.0.113.5')
    // A proxy that forks to two of our lines has one of them taken (RFC 3261 §8.2.2.2).
    forward('second')
    await house.pass(20)
    expect(house.caller.response('1 INVITE', 482)).toBeDefined()
    provider.respond('200 OK', { sdp: answered?.body.toString() ?? '', to: out })
    await house.pass(20)
    expect(call.state).toBe('talking')
    await it.desk.speak(400, 0x31)
    const voices = house.rtp.carried.filter(
      ({ from, bytes }) => from.address === HOUSE && (bytes[1] === 0 || bytes[1] === 0x80),
    )
    expect(voices.filter(({ to }) => to.address === '203.0.113.5')).toEqual([])
    const inside = voices.filter(({ to }) => to.address === HOUSE)
    expect(new Set(inside.map(({ to }) => to.port)).size).toBe(2)
    call.hangUp()
    await house.pass(50)
  })
})
