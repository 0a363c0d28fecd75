import { expect } from 'vitest'
import type { SoundResult } from '../../../src/machine/sound-test.ts'
import type { InMemoryHouse } from '../../helpers/in-memory-house.ts'
import { memoryWire } from '../../helpers/memory-wire.ts'
import { PIN_HASH } from '../../helpers/pin-hash.ts'
import { rings, type ScriptedPhone, scriptedPhone } from '../../helpers/scripted-phone.ts'
import { seededRandom } from '../../helpers/seeded-random.ts'
import { mediaIn, writeResponse } from '../../helpers/sip-text.ts'
import { openCaller } from '../caller.ts'
import { LISTEN, mutters, switchOn } from '../phones.ts'
import { LAN, type Side, type Stage } from '../stage.ts'

const END_MS = 20_000
/** A caller whom the line trusts, and the line that does. */
const NEIGHBOUR = { address: '10.0.0.99', sipPort: 5060, rtpPort: 32_000 }
const CALLER_AS_CONTACT = { id: 'm', name: 'Mum', note: '', favourite: true, numbers: ['+49 30 1234'] }
const ECHO = '10.0.0.77'
const BOTH = { lines: [{ trunk: ['192.0.2.1/32', `${NEIGHBOUR.address}/32`] }] }

/** A number that answers at once, and sends back what it hears. */
function echoAt({ network, rtp }: InMemoryHouse): void {
  let there = { host: '', port: 0 }
  const sound = rtp.openNow(ECHO, 33_000, (bytes, length) => {
    const packet = Buffer.from(bytes.subarray(0, length))
    // A stream of its own.
    packet.writeUInt32BE(0xecc0, 8)
    sound.send(packet, packet.length, { address: there.host, port: there.port })
  })
  const body = `v=0\r\no=- 1 1 IN IP4 ${ECHO}\r\ns=-\r\nc=IN IP4 ${ECHO}\r\nt=0 0\r\nm=audio 33000 RTP/AVP 0\r\n`
  const socket = network.udp(ECHO, 5060, {
    onMessage(bytes, from) {
      const request = bytes.toString()
      if (/^(ACK|SIP)/.test(request)) return
      there = mediaIn(request) ?? there
      const headers = [`Contact: <sip:${ECHO}>`]
      const answer = /^INVITE/.test(request) ? { headers, body } : {}
      socket.send(Buffer.from(writeResponse(request, 200, { tag: 'echo', ...answer })), from)
    },
    onBroken() {},
    onSendFailed() {},
  })
}

/** What else goes on in a house: other calls, lamps, the page, strangers, trouble. */
export const elsewhere: readonly Side[] = [
  {
    name: 'phones talk to each other',
    async prepare(stage) {
      const [desk, sofa] = await switchOn(stage, 2, rings)
      if (!desk || !sofa) throw new Error('a phone is missing')
      sofa.onCall = (call) => (/^From: .*alice/im.test(call.invite) ? call.refuse(486) : call.answer())
      return {
        during() {
          stage.at(700, () => desk.call(`sip:sofa@${LAN}`))
          mutters(stage, desk, 900, 15_000)
          mutters(stage, sofa, 900, 15_000)
        },
        happened: () => expect([desk, sofa].every(({ sounds }) => sounds.length > 500)).toBe(true),
      }
    },
  },
  {
    name: 'a mailbox that its owner may hear from afar, by a PIN',
    house: { mailbox: { pinHash: PIN_HASH } },
  },
  {
    name: 'phones with lamps, that subscribe to all there is',
    async prepare(stage) {
      const phones = await switchOn(stage, 3, rings)
      return {
        during() {
          for (const phone of phones) {
            for (const [i, event] of ['dialog', 'message-summary', 'presence'].entries())
              stage.at(300 + 20 * i, () => phone.subscribe(`sip:home@${LAN}`, event))
            stage.at(6000, () => phone.subscribe(`sip:home@${LAN}`, 'dialog'))
          }
        },
        happened() {
          for (const { notifies } of phones) {
            expect(notifies.join('\n')).toContain('>early<')
            expect(notifies.join('\n')).toContain('>confirmed<')
            expect(notifies.join('\n')).toContain('Messages-Waiting')
          }
        },
      }
    },
  },
  {
    name: 'the caller is a contact, as which phones show him, and then goes by another name',
    house: {
      contacts: [
        { id: 'k', name: 'Grandma Ö', note: '', favourite: false, numbers: ['030 1234'] },
        CALLER_AS_CONTACT,
      ],
    },
    async prepare(stage) {
      const { house } = stage
      const [desk] = await switchOn(stage, 1, rings)
      desk?.subscribe(`sip:home@${LAN}`, 'dialog')
      return {
        during() {
          stage.at(4000, () => {
            house.contacts.splice(0, 2, { ...CALLER_AS_CONTACT, name: 'Alice, abroad' })
            house.changed('contacts')
          })
        },
        happened() {
          expect(desk?.calls[0]?.invite).toContain('From: "Mum" <')
          expect(desk?.notifies.join('\n')).toContain('"Mum"')
          expect(house.machine.contactOf('+49301234')).toMatchObject({ name: 'Alice, abroad' })
        },
      }
    },
  },
  {
    name: 'phones that try what they may not',
    async prepare(stage) {
      const [desk, sofa] = await switchOn(stage, 2, rings)
      if (!desk || !sofa) throw new Error('a phone is missing')
      const tags = 'glass@192.0.2.1;to-tag=x;from-tag=alice'
      return {
        during() {
          for (const [i, user] of ['*8nobody', '+4930123456', 'nobody', '*1cellar'].entries())
            stage.at(1000 + 2000 * i, () => desk.call(`sip:${user}@${LAN}`))
          for (const [i, header] of ['Replaces', 'Join', 'Replaces', 'Join'].entries())
            stage.at(2000 + 3000 * i, () => sofa.call(`sip:home@${LAN}`, { headers: [`${header}: ${tags}`] }))
        },
        happened() {
          const statuses = (phone: ScriptedPhone) =>
            phone.calls.filter(({ direction }) => direction === 'out').map(({ status }) => status)
          expect([...statuses(desk), ...statuses(sofa)]).toEqual([404, 403, 404, 404, 481, 481, 481, 481])
        },
      }
    },
  },
  {
    name: 'a stranger in the house guesses passwords, and is banned',
    prepare(stage) {
      const { clock, network, machine } = stage.house
      return {
        during() {
          for (let ms = 50; ms < END_MS; ms += 90)
            stage.at(ms, () => {
              const port = 6000 + ms
              const wire = memoryWire(network, { address: '10.0.0.66', port, to: { host: LAN, port: 5060 } })
              const stranger = { wire, clock, random: seededRandom(ms), domain: LAN, user: 'desk' }
              void scriptedPhone({ ...stranger, password: `secret-${ms}` }).register()
            })
        },
        happened: () => expect(machine.phonesInUse.banned).toBe(1),
      }
    },
  },
  {
    name: 'page open: somebody follows every event and looks at the call',
    prepare(stage) {
      const { machine, events } = stage.house
      machine.watch(() => void machine.liveCalls())
      return {
        during() {
          for (let ms = 1; ms < END_MS; ms += 333)
            stage.at(ms, () => JSON.stringify([machine.liveCalls(), machine.health()]))
        },
        happened: () => expect(events.length).toBeGreaterThan(3),
      }
    },
  },
  {
    name: 'an earlier message is played and deleted, and every lamp told',
    async prepare(stage) {
      const { house } = stage
      const phones = await switchOn(stage, 3, rings)
      const counts = [1000, 4000, 7000, 10_000]
      return {
        during() {
          for (const phone of phones) stage.at(0, () => phone.subscribe(`sip:home@${LAN}`, 'message-summary'))
          for (const [i, ms] of counts.entries())
            stage.at(ms, () => {
              house.counts.splice(0, 1, { mailboxId: 'box', state: i % 2 ? 'heard' : 'new', count: i + 1 })
              house.changed('messages')
            })
        },
        happened() {
          for (const { notifies } of phones) expect(notifies.length).toBeGreaterThan(counts.length)
        },
      }
    },
  },
  {
    name: 'the line is set up anew in the middle: what was settled when the call came stays',
    prepare({ house, at }) {
      return {
        during() {
          at(3000, () => {
            house.settings.line = { ...house.settings.line, ringSeconds: 60 }
            house.settings.mailbox = { ...house.settings.mailbox, longestSeconds: 5, silenceSeconds: 1 }
            house.changed('lines', 'mailboxes')
          })
        },
        happened: () => expect(house.machine.lines).toMatchObject([{ ringSeconds: 60 }]),
      }
    },
  },
  {
    name: 'the sound of the line is tested by a call out, which comes back',
    house: { lines: [{ trunk: ['192.0.2.1/32'], callBack: `sip:${ECHO}:5060` }] },
    prepare(stage) {
      const { house } = stage
      echoAt(house)
      let result: SoundResult | undefined
      return {
        during: () =>
          // Once the caller has all sessions that he will have: they are dealt their numbers in order.
          stage.at(9000, () => {
            void house.machine.testSound('line', '4443').then((told) => {
              result = told
            })
          }),
        happened: () => expect(result).toMatchObject({ kind: 'heard', heard: { kind: 'echo' } }),
      }
    },
  },
  {
    name: 'another call from the same provider, after this one began',
    prepare(stage) {
      const place = { address: '192.0.2.1', sipPort: 5090, rtpPort: 32_000 }
      return {
        during: () => stage.at(3000.4, () => leaveMessage(stage, place)),
        happened: () => expect(stage.house.kept).toHaveLength(2),
      }
    },
  },
  {
    name: 'another call from elsewhere, before this one and into it',
    house: BOTH,
    async prepare(stage) {
      stage.at(2000, () => leaveMessage(stage, NEIGHBOUR, LAN))
      await stage.pass(5000)
      return { happened: () => expect(stage.house.kept).toHaveLength(2) }
    },
  },
  {
    name: 'another call, picked up, to which another phone would listen',
    house: BOTH,
    async prepare(stage) {
      const [desk, sofa] = await switchOn(stage, 2, rings)
      if (!desk || !sofa) throw new Error('a phone is missing')
      stage.at(500, () => leaveMessage(stage, NEIGHBOUR, LAN))
      stage.at(1500, () => desk.calls.at(-1)?.answer())
      mutters(stage, desk, 1800, 30_000)
      stage.at(2500, () => sofa.call(LISTEN))
      await stage.pass(3000)
      return {
        happened() {
          expect(desk.sounds.length).toBeGreaterThan(300)
          expect(sofa.calls.find(({ direction }) => direction === 'out')?.status).toBe(486)
        },
      }
    },
  },
  {
    name: 'the database fails',
    prepare({ house, at }) {
      const fail = () => house.failures.push(new Error('SQLITE_BUSY'), new Error('SQLITE_BUSY'))
      return {
        during() {
          for (const ms of [0.1, 3999, 8000, 12_000]) at(ms, fail)
        },
      }
    },
  },
]

/** A whole other call, each step planned from now on. */
function leaveMessage(stage: Stage, place: typeof NEIGHBOUR, to?: string): void {
  const other = openCaller(stage, {
    place,
    callId: `other@${place.address}`,
    number: '+49309999',
    ...(to === undefined ? {} : { to }),
  })
  other.invite()
  stage.at(5000, () => other.ack())
  for (let ms = 9500; ms < 12_500; ms += 20) stage.at(ms, () => other.frame())
  stage.at(12_600, () => other.request('BYE'))
}
