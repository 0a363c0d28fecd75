import { describe, expect, it } from 'vitest'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { CALLER, HOUSE, openHouse } from '../../test/helpers/in-memory-house.ts'
import { emptyRtpPacket, parseRtp, writeRtpHeader } from '../media/rtp/packet.ts'
import { SdesLink } from '../media/srtp/sdes-link.ts'
import { encryptedOf } from '../shared/encrypted.ts'

type House = Awaited<ReturnType<typeof openHouse>>

const KEY = Buffer.alloc(30, 7)
const CRYPTO = `a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:${KEY.toString('base64')}|2^31\r\n`
const offer = (protocol: string, crypto = CRYPTO) =>
  `v=0\r\no=- 1 1 IN IP4 ${CALLER}\r\ns=-\r\nc=IN IP4 ${CALLER}\r\nt=0 0\r\nm=audio 30000 ${protocol} 0\r\n${crypto}`

const masterOf = (bytes: Buffer) => ({
  suite: 'AES_CM_128_HMAC_SHA1_80' as const,
  key: bytes.subarray(0, 16),
  salt: bytes.subarray(16),
})

const answerOf = (house: House) => house.caller.response('1 INVITE', 200)?.body.toString() ?? ''
const refusalOf = (house: House) => {
  const refused = house.caller.response('1 INVITE', 488)
  return refused && (refused.headers.first('Warning') ?? '')
}

describe('a line that requires SRTP', () => {
  const required = { line: { ringSeconds: 0, srtp: 'required' as const } }

  it('RFC 4568 §5.1.2: records who is encrypted, and says nothing that could be read', async () => {
    await using house = await openHouse(required)
    await house.invite({ sdp: offer('RTP/SAVP') })
    await house.ack()
    const answer = answerOf(house)
    expect(answer).toContain('RTP/SAVP 0\r\n')
    const [, ours = ''] = /a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:(\S{40})\r\n/.exec(answer) ?? []
    const link = new SdesLink({
      kind: 'sdes',
      send: masterOf(KEY),
      receive: masterOf(Buffer.from(ours, 'base64')),
    })
    const port = Number(/m=audio (\d+)/.exec(answer)?.[1])
    const say = (number: number) => {
      const packet = Buffer.alloc(172, 0x55)
      writeRtpHeader(packet, false, 0, number, 160 * number, 4711)
      house.rtp.inject(
        { address: CALLER, port: 30_000 },
        { address: HOUSE, port },
        Buffer.from(link.sealRtp(packet, 172)),
      )
    }
    for (let number = 1; number < 1200 && house.kept.length === 0; number++) {
      say(number)
      await house.pass(20)
      if (house.machine.liveCalls()[0]?.phase === 'recording' && number % 100 === 0) await house.bye()
    }
    expect(house.kept[0]?.durationMs).toBeGreaterThan(300)
    await house.pass(100)
    const heard = house.rtp.carried.filter(({ from }) => from.port === port)
    expect(heard.length).toBeGreaterThan(50)
    for (const { bytes } of heard) {
      const copy = Buffer.from(bytes)
      expect(parseRtp(copy, link.openRtp(copy, copy.length), emptyRtpPacket())).toBe(true)
    }
  })

  it('takes keys that telephones offer in RTP/AVP, and refuses who has none, saying why', async () => {
    await using house = await openHouse(required)
    await house.invite({ sdp: offer('RTP/AVP') })
    expect(answerOf(house)).toMatch(/m=audio \d+ RTP\/AVP 0\r\n(?:.*\r\n)*a=crypto:3 /)
    await house.ack()
    await house.bye()
    await house.pass(100)

    await using other = await openHouse(required)
    await other.invite({ sdp: offer('RTP/AVP', '') })
    expect(refusalOf(other)).toBe('399 answerphone "SRTP is required"')
  })

  it('RFC 3264 §5: offers its keys itself where the caller brings no offer', async () => {
    await using house = await openHouse(required)
    await house.invite({ sdp: null })
    expect(answerOf(house)).toMatch(/m=audio \d+ RTP\/SAVP .*\r\n(?:.*\r\n)*a=crypto:1 /)
    await house.request(
      'ACK',
      '1 ACK',
      ['Content-Type: application/sdp'],
      offer('RTP/SAVP').replace('crypto:3', 'crypto:1'),
    )
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'greeting' }])
    await house.bye()
    await house.pass(100)
  })

  it('RFC 4568 §7.1.4: a re-INVITE without keys is refused, and the call goes on', async () => {
    await using house = await openHouse(required)
    await house.invite({ sdp: offer('RTP/SAVP') })
    await house.ack()
    await house.request('INVITE', '2 INVITE', ['Content-Type: application/sdp'], offer('RTP/AVP', ''), 're')
    expect(house.caller.response('2 INVITE', 488)).toBeDefined()
    expect(house.machine.liveCalls()).toHaveLength(1)
    await house.request('BYE', '3 BYE')
    await house.pass(100)
  })
})

describe('a line where nobody has said anything', () => {
  it('RFC 4568 §7: sends no key where it could be read, and takes the call all the same if it may be plain', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite({ sdp: offer('RTP/AVP') })
    expect(answerOf(house)).not.toContain('crypto')
    expect(answerOf(house)).toContain('RTP/AVP 0\r\n')
    await house.ack()
    await house.bye()
    await house.pass(100)

    await using other = await openHouse({ line: { ringSeconds: 0 } })
    await other.invite({ sdp: offer('RTP/SAVP') })
    expect(refusalOf(other)).toBe('399 answerphone "no SRTP without TLS, for its keys could be read"')
  })
})

describe('a phone', () => {
  const rung = async (srtp?: 'off' | 'offered' | 'required') => {
    await using house = await openHouse({ phones: [{ name: 'kitchen', ...(srtp && { srtp }) }] })
    const kitchen = await openPhone(house, 'kitchen', '192.0.2.11')
    await house.invite()
    const [call] = kitchen.calls
    await house.cancel()
    await house.pass(1000)
    return call?.invite ?? ''
  }

  it('RFC 4568 §7: is sent keys by UDP only where its owner requires it', async () => {
    expect(await rung()).not.toContain('crypto')
    expect(await rung('off')).toMatch(/RTP\/AVP (?!.*crypto)/s)
    expect(await rung('required')).toMatch(
      /m=audio \d+ RTP\/SAVP .*a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:/s,
    )
  })

  it('RFC 4568 §5.1.3: that answers without a key is hung up on, and the caller hears nothing of it', async () => {
    await using house = await openHouse({ phones: [{ name: 'kitchen', srtp: 'required' }] })
    const kitchen = await openPhone(house, 'kitchen', '192.0.2.11')
    await house.invite()
    const [call] = kitchen.calls
    call?.answer()
    await house.pass(200)
    expect(call?.state).toBe('over')
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'ringing' }])
    await house.cancel()
    await house.pass(1000)
  })
})

describe('what of a call was encrypted is told to the owner, while it goes on and afterwards', () => {
  it.each([
    ['its sound alone, by UDP', offer('RTP/SAVP'), 'sound'],
    ['nothing', offer('RTP/AVP', ''), 'neither'],
  ])('%s', async (_what, sdp, encrypted) => {
    await using house = await openHouse({
      line: { ringSeconds: 0, srtp: sdp.includes('SAVP') ? 'required' : 'offered' },
    })
    await house.invite({ sdp })
    await house.ack()
    expect(house.machine.liveCalls()).toMatchObject([{ encrypted }])
    await house.bye()
    await house.pass(100)
    expect([...house.rows.values()]).toMatchObject([{ encrypted }])
  })

  it('signalling by TLS or a secure WebSocket', () => {
    expect([encryptedOf(true, true), encryptedOf(true, false)]).toEqual(['both', 'signalling'])
    expect([encryptedOf(false, true), encryptedOf(false, false)]).toEqual(['sound', 'neither'])
  })
})
