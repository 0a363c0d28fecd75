import { openPhone } from '../helpers/house-phone.ts'
import { memoryWire } from '../helpers/memory-wire.ts'
import type { PhoneCall, ScriptedPhone } from '../helpers/scripted-phone.ts'
import { LAN, PHONES, type Stage } from './stage.ts'

export type Phone = Awaited<ReturnType<typeof openPhone>>

const DESK = '10.0.0.11'

/** Puts the house's first phones on its network and registers them. They do this with every call. */
export async function switchOn(
  stage: Stage,
  count: number,
  onCall: ScriptedPhone['onCall'] = () => {},
): Promise<readonly Phone[]> {
  const phones: Phone[] = []
  for (let number = 0; number < count; number++) phones.push(await openOne(stage, number, onCall))
  return phones
}

/** Plugs a phone in, which then registers as soon as it can; within an act, in which time stands still. */
export async function plugIn(stage: Stage, number: number, onCall: ScriptedPhone['onCall']): Promise<Phone> {
  const phone = await openOne(stage, number, onCall, false)
  void phone.register()
  return phone
}

function openOne({ house }: Stage, number: number, onCall: ScriptedPhone['onCall'], register = true) {
  const address = `10.0.0.${Number(DESK.split('.')[3]) + number}`
  return openPhone(house, PHONES[number]?.name ?? '', address, {
    wire: memoryWire(house.network, { address, to: { host: LAN, port: 5060 } }),
    domain: LAN,
    onCall,
    register,
  })
}

/** What a phone dials to listen to the caller, and to pick up. */
export const LISTEN = `sip:*1@${LAN}`

/** Has the phone listen from so long after the INVITE, perhaps until so long after. It reports how that went. */
export function listens(stage: Stage, phone: Phone, fromMs: number, toMs?: number): void {
  const { at } = stage
  let call: PhoneCall | undefined
  at(fromMs, () => {
    call = phone.call(LISTEN, { direction: 'recvonly' })
  })
  if (toMs !== undefined) at(toMs, () => call?.hangUp())
}

/** Has the phone open the spoken menu, hear the call that goes on from so long on, and go back to the menu. */
export function listensByMenu(stage: Stage, phone: Phone, fromMs: number, toMs: number): void {
  const { at } = stage
  let call: PhoneCall | undefined
  const press = (key: string) => {
    const signal = { contentType: 'application/dtmf-relay', body: `Signal=${key}\r\n` }
    void call?.request('INFO', signal)
  }
  at(fromMs - 2000, () => {
    call = phone.call(`sip:*98@${LAN}`)
  })
  at(fromMs, () => press('4'))
  at(toMs, () => press('*'))
  at(toMs + 1000, () => call?.hangUp())
}

/** Has the phone send this much sound to wherever its call is, packet by packet, all planned from now on. */
export function mutters(stage: Stage, phone: Phone, fromMs: number, toMs: number): void {
  let sequence = 0
  for (let ms = fromMs; ms < toMs; ms += 20)
    stage.at(ms, () => {
      const media = phone.calls.findLast(({ state }) => state === 'talking')?.media
      const packet = Buffer.alloc(172, 0x2a)
      packet[0] = 0x80
      packet[1] = 0
      packet.writeUInt16BE(sequence, 2)
      packet.writeUInt32BE(sequence++ * 160, 4)
      packet.writeUInt32BE(0xbeef, 8)
      const from = { address: phone.address, port: 40_000 }
      if (media) stage.house.rtp.inject(from, { address: media.host, port: media.port }, packet)
    })
}
