import { expect, it, vi } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { HOUSE, openHouse } from '../../test/helpers/in-memory-house.ts'
import { rawPeer } from '../../test/helpers/raw-peer.ts'
import { type Log, silentLog } from '../shared/log.ts'
import { createAdmission } from './admission.ts'

/** A media engine in which each call that is let in has one session. */
function open(capacity: number) {
  const clock = fakeClock()
  const warn = vi.fn()
  const media = { sessions: 0 }
  const admission = createAdmission({ media, capacity, clock, log: { ...silentLog, warn } as unknown as Log })
  return {
    clock,
    warn,
    media,
    enter(network: string) {
      const leave = admission.enter(network)
      if (!leave) return undefined
      media.sessions++
      return () => {
        leave()
        leave()
        media.sessions--
      }
    },
  }
}

it('leaves room for other lines and for the owner, however many call from one place', () => {
  const { enter, media, warn, clock } = open(1000)
  while (enter('203.0.113.1'));
  expect(media.sessions).toBe(751)
  while (enter('203.0.113.2'));
  expect(media.sessions).toBe(852)
  for (let host = 3; host < 20; host++) while (enter(`203.0.113.${host}`));
  expect(media.sessions).toBe(1000 - 16)
  // Said once a minute, and not for each of a flood.
  expect(warn).toHaveBeenCalledTimes(1)
  clock.advance(60_000)
  enter('203.0.113.1')
  expect(warn).toHaveBeenCalledTimes(2)
})

it('lets one in for each that leaves', () => {
  const { enter, media } = open(20)
  const [first] = Array.from({ length: 16 }, () => enter('203.0.113.1'))
  expect(enter('203.0.113.1')).toBeUndefined()
  first?.()
  expect(enter('203.0.113.1')).toBeDefined()
  expect(media.sessions).toBe(16)
})

it('keeps nothing back where there is nearly nothing', () => {
  const { enter } = open(2)
  expect([enter('a'), enter('a')].map(Boolean)).toEqual([true, true])
})

it('a flood of INVITEs from a trunk takes no port for those that are refused, and the owner picks up all the same', async () => {
  await using house = await openHouse({ line: { ringSeconds: 0 }, phones: [{ name: 'desk' }] })
  await using desk = await openPhone(house, 'desk', '192.0.2.10')
  await house.invite()
  await house.ack()
  await house.pass(100)
  const trunk = rawPeer(house.network, {
    address: '192.0.2.1',
    to: { address: HOUSE, port: 5060 },
    port: 6060,
  })
  for (let n = 0; n < 200; n++) {
    trunk.send(`INVITE sip:home@${HOUSE} SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:6060;branch=z9hG4bK-flood-${n}
Max-Forwards: 70
From: <sip:+49${n}@192.0.2.1>;tag=f
To: <sip:home@${HOUSE}>
Call-ID: flood-${n}
CSeq: 1 INVITE
Contact: <sip:flood@192.0.2.1:6060>
Content-Type: application/sdp

v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 39000 RTP/AVP 0\r\n`)
    if (n % 20 === 0) await house.pass(5)
  }
  await house.pass(100)
  const statuses = trunk.statuses('1 INVITE')
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(30)
  expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(100)
  expect(house.machine.liveCalls().length).toBeLessThan(50)
  const call = desk.call(`sip:*8@${HOUSE}`)
  await house.pass(100)
  expect(call.state).toBe('talking')
})
