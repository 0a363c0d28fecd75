import { HOUSE, type InMemoryHouse } from './in-memory-house.ts'
import { memoryWire } from './memory-wire.ts'
import { type ScriptedPhone, type ScriptedPhoneOptions, scriptedPhone } from './scripted-phone.ts'
import { seededRandom } from './seeded-random.ts'

/** A scripted phone on the house's network, with a voice and an ear. */
export interface HousePhone extends ScriptedPhone {
  readonly address: string
  /** Payload bytes of the RTP that it got, one string a packet: the byte that fills it, in hex. */
  readonly sounds: readonly string[]
  /** SSRCs of the RTP that it got. */
  readonly ssrcs: readonly number[]
  /** Speaks for so long: packets of 20 ms filled with this byte, or with this. Where to: what its last call's SDP said. */
  speak(ms: number, said: number | ((packet: number) => Buffer)): Promise<void>
}

/** Puts a phone on the network and registers it, unless told not to. Its password is its name. */
export async function openPhone(
  house: InMemoryHouse,
  name: string,
  address: string,
  options: Partial<ScriptedPhoneOptions> & { readonly register?: boolean } = {},
): Promise<HousePhone> {
  const { rtpPort = 40_000 } = options
  const sounds: string[] = []
  const ssrcs: number[] = []
  const socket = house.rtp.openNow(address, rtpPort, (bytes, length) => {
    sounds.push(bytes.subarray(12, 13).toString('hex'))
    if (length > 12) ssrcs.push(bytes.readUInt32BE(8))
  })
  const phone = scriptedPhone({
    wire: options.wire ?? memoryWire(house.network, { address, to: { host: HOUSE, port: 5060 } }),
    clock: house.clock,
    random: seededRandom([...name].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7)),
    user: name,
    password: name,
    domain: HOUSE,
    rtpPort,
    ...options,
  })
  let sequence = 0
  const housePhone: HousePhone = Object.assign(phone, {
    address,
    sounds,
    ssrcs,
    async speak(ms: number, said: number | ((packet: number) => Buffer)) {
      const target = phone.calls.findLast(({ state }) => state === 'talking')?.media
      for (let sent = 0; sent < ms; sent += 20) {
        const packet = Buffer.alloc(172, typeof said === 'number' ? said : 0xff)
        if (typeof said !== 'number') said(sent / 20).copy(packet, 12)
        packet[0] = 0x80
        packet[1] = 0
        packet.writeUInt16BE(sequence & 0xffff, 2)
        packet.writeUInt32BE(sequence * 160, 4)
        packet.writeUInt32BE(0xbeef, 8)
        sequence++
        if (target) socket.send(packet, packet.length, { address: target.host, port: target.port })
        await house.pass(20)
      }
    },
  })
  if (options.register !== false) {
    const registered = phone.register()
    await house.pass(20)
    await registered
  }
  return housePhone
}
