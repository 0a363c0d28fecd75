import { expect } from 'vitest'
import { refuses, rings } from '../../helpers/scripted-phone.ts'
import { pageListens } from '../pages.ts'
import { listens, listensByMenu, mutters, type Phone, switchOn } from '../phones.ts'
import { PHONES, type Side, type Stage } from '../stage.ts'

/** A side whose phones ring, and then listen. `least`: how many packets each hears of a caller who leaves a message. */
const listeners = (
  name: string,
  count: number,
  least: number,
  during: (stage: Stage, phones: readonly Phone[]) => void,
): Side => ({
  name,
  async prepare(stage) {
    const phones = await switchOn(stage, count, rings)
    return {
      during: () => during(stage, phones),
      happened() {
        for (const { sounds } of phones) expect(sounds.length).toBeGreaterThan(least)
      },
    }
  },
})

/** For the one phone of a side. */
const only =
  (during: (stage: Stage, phone: Phone) => void) =>
  (stage: Stage, [phone]: readonly Phone[]): void => {
    if (phone) during(stage, phone)
  }

/** A side with this many speakers, which are called as soon as the machine answers. */
const speakers = (
  name: string,
  count: number,
  heard: boolean,
  onCall: Parameters<typeof switchOn>[2],
): Side => ({
  name,
  house: { phones: PHONES.map((phone) => ({ ...phone, speaker: true, speakerGainDb: 6 })) },
  async prepare(stage) {
    const phones = await switchOn(stage, count, onCall)
    return {
      happened() {
        for (const { calls, sounds } of phones) {
          expect(calls).toHaveLength(2)
          expect(sounds.length > 300).toBe(heard)
        }
      },
    }
  },
})

/** Pages that listen by WebRTC: one stays, the other comes and goes. */
export const pagesListening: Side = {
  name: 'two pages, which listen by WebRTC',
  async prepare(stage) {
    const stays = await pageListens(stage, { port: 5100, fromMs: 5000 })
    const goes = await pageListens(stage, { port: 5102, fromMs: 6500.7, toMs: 9000 })
    return {
      during() {
        stays.plan()
        goes.plan()
      },
      happened() {
        expect(stays.heard()).toBeGreaterThan(300)
        expect(goes.heard()).toBeGreaterThan(80)
      },
    }
  },
}

/** Who may listen, and how they come and go. */
export const listening: readonly Side[] = [
  listeners(
    'one listener, who comes and goes',
    1,
    200,
    only((stage, phone) => {
      listens(stage, phone, 5500.3, 6500)
      listens(stage, phone, 8300, 9800.7)
      listens(stage, phone, 11_000)
    }),
  ),
  listeners(
    'one listener, who mutters',
    1,
    300,
    only((stage, phone) => {
      listens(stage, phone, 5000)
      mutters(stage, phone, 5100, 20_000)
    }),
  ),
  listeners(
    'one listener, from the first ring on',
    1,
    300,
    only((stage, phone) => listens(stage, phone, 100)),
  ),
  listeners(
    'one listener, as the machine answers',
    1,
    300,
    only((stage, phone) => listens(stage, phone, 3999)),
  ),
  {
    name: 'two who listen by the spoken menu, and go back to it',
    async prepare(stage) {
      const phones = await switchOn(stage, 2, rings)
      return {
        during() {
          for (const [i, phone] of phones.entries())
            listensByMenu(stage, phone, 5200.3 + 400 * i, 9100 + 500 * i)
        },
        happened() {
          expect(stage.house.audit.filter(({ act }) => act === 'listened-in')).toHaveLength(2)
          // Silence has no bytes like these.
          for (const { sounds } of phones) expect(new Set(sounds).size).toBeGreaterThan(10)
        },
      }
    },
  },
  listeners('ten listeners', 10, 300, (stage, phones) => {
    for (const [i, phone] of phones.entries()) listens(stage, phone, 5000 + 111.3 * i)
  }),
  listeners('ten listeners in the same moment, gone in the same moment', 10, 150, (stage, phones) => {
    for (const phone of phones) listens(stage, phone, 6000, 9500)
  }),
  listeners('ten listeners, who come and go all the time', 10, 150, (stage, phones) => {
    for (const [i, phone] of phones.entries())
      for (let ms = 4500 + 37.1 * i; ms < 20_000; ms += 800 + 50 * i) listens(stage, phone, ms, ms + 500)
  }),
  listeners('listeners who vanish, hold, press keys and send rubbish', 4, 80, (stage, phones) => {
    const [desk, sofa, attic, room] = phones
    for (const phone of phones) listens(stage, phone, 5000)
    stage.at(7000, () => desk?.switchOff())
    stage.at(7500, () => void sofa?.calls.at(-1)?.reInvite('sendonly'))
    stage.at(8000, () => void sofa?.calls.at(-1)?.reInvite('sendrecv'))
    // 8 would be to pick up.
    for (const [i, key] of [...'1234567#'].entries())
      stage.at(8000 + 10 * i, () => {
        const signal = { contentType: 'application/dtmf-relay', body: `Signal=${key}\r\n` }
        void attic?.calls.at(-1)?.request('INFO', signal)
      })
    for (let ms = 6000; ms < 20_000; ms += 7)
      stage.at(ms, () => {
        const media = room?.calls.at(-1)?.media
        if (!room || !media) return
        const from = { address: room.address, port: 40_000 }
        stage.house.rtp.inject(from, { address: media.host, port: media.port }, Buffer.alloc(200, ms & 0xff))
      })
  }),
  pagesListening,
  speakers('speakers, which answer by themselves', 3, true, (call) =>
    /answer-mode|auto/i.test(call.invite) ? call.answer() : call.ring(),
  ),
  speakers('speakers, which refuse', 10, false, refuses(486, 20)),
]
