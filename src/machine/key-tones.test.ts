import { expect, it } from 'vitest'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { CALLER, HOUSE, openHouse } from '../../test/helpers/in-memory-house.ts'
import { keyTone } from '../../test/helpers/key-tone.ts'

/** A far end that knows no telephone-events: keys can only be in its sound, or in INFO. */
const SDP = `v=0\r\no=- 1 1 IN IP4 ${CALLER}\r\ns=-\r\nc=IN IP4 ${CALLER}\r\nt=0 0\r\nm=audio 30000 RTP/AVP 0\r\n`
const AT_ONCE = { line: { ringSeconds: 0 } }
const silence = () => Buffer.alloc(160, 0xff)

it('a caller whose keys are in the sound alone ends the greeting with #', async () => {
  await using house = await openHouse(AT_ONCE)
  await house.invite({ sdp: SDP })
  await house.ack()
  await house.speak(500, silence)
  await house.speak(100, keyTone('#'))
  await house.speak(600, silence)
  // The greeting alone takes 3.3 s.
  expect(house.machine.liveCalls()[0]?.phase).toBe('recording')
})

it('but who tells of keys by INFO is not heard twice', async () => {
  await using house = await openHouse(AT_ONCE)
  await house.invite({ sdp: SDP })
  await house.ack()
  await house.speak(200, silence)
  const type = ['Content-Type: application/dtmf-relay']
  await house.request('INFO', '2 INFO', type, 'Signal=#\r\nDuration=100\r\n', 'info-2')
  await house.speak(1000, silence)
  // It ended the greeting. A second one would end the message.
  expect(house.machine.liveCalls()[0]?.phase).toBe('recording')
  await house.speak(100, keyTone('#'))
  await house.speak(200, silence)
  expect(house.machine.liveCalls()[0]?.phase).toBe('recording')
})

it('an owner’s telephone that sends tones alone picks up by its key', async () => {
  await using house = await openHouse({ ...AT_ONCE, phones: [{ name: 'desk' }] })
  await using desk = await openPhone(house, 'desk', '192.0.2.10', { payloadTypes: '0' })
  await house.invite()
  await house.ack()
  await house.pass(3800)
  desk.call(`sip:*1@${HOUSE}`)
  await house.pass(50)
  await desk.speak(100, keyTone('8'))
  await desk.speak(100, silence)
  expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected', pickedUpBy: 'desk' }])
})
