import { expect, it } from 'vitest'
import { out } from './hold-against-out.ts'
import { listens, switchOn } from './phones.ts'
import { handledPackets, oneMoreHeader, type PlantedLeak, shorterRing } from './planted-leaks.ts'
import { scripts } from './scripts.ts'

import { type Doings, playCall, type Stage } from './stage.ts'
import { differenceBetween } from './trace/difference.ts'

/** How a leak opens, before the call or in it. */
type Opening = (stage: Stage, open: () => void) => Promise<Doings>

const as486Comes: Opening = async (stage, open) => {
  await switchOn(stage, 1, (call) =>
    call.after(1234, () => {
      call.refuse(486)
      open()
    }),
  )
  return {}
}
const asPhoneRegisters: Opening = async (stage, open) => {
  await switchOn(stage, 1)
  open()
  return {}
}
const asSomebodyListens: Opening = async (stage, open) => {
  const [phone] = await switchOn(stage, 1)
  return {
    during() {
      if (phone) listens(stage, phone, 9000)
      stage.at(9000, open)
    },
  }
}
const asSomebodyWatches: Opening = async ({ house: { machine } }, open) => {
  machine.watch((event) => {
    if (event.kind !== 'call-changed') return
    machine.watchLevels(event.call.id, { onPeak: open, onEnd() {} })
  })
  return {}
}

/** What a house with a hole in its glass might do, and what the caller's trace must show of it. */
const LEAKS: readonly {
  readonly name: string
  readonly plant: () => PlantedLeak
  readonly opens: Opening
  readonly shows: RegExp
}[] = [
  {
    name: 'a phone’s 486 shortens the ring by 40 ms',
    plant: () => shorterRing(40),
    opens: as486Comes,
    shows: /^\+ \+ {2}396[12]\.000 ms SIP {2}.*\n\+ SIP\/2\.0 200 OK$/m,
  },
  {
    name: 'one header more while a phone is registered',
    plant: () => oneMoreHeader('X-Forked: yes', [180, 200]),
    opens: asPhoneRegisters,
    shows: /^\+ X-Forked: yes$/m,
  },
  {
    name: 'one header more in the answer to BYE, once somebody has listened',
    plant: () => oneMoreHeader('Server: house', [200]),
    opens: asSomebodyListens,
    shows: /^\+ CSeq: 2 BYE\n\+ Server: house$/m,
  },
  {
    name: 'a listener delays packets by 3 ms',
    plant: () => handledPackets('rtp', (packet, send, clock) => void clock.setTimer(3, () => send(packet))),
    opens: asSomebodyListens,
    shows: /^− \+ {2}9002\.000 ms RTP .*\n(.*\n)*^\+ \+ {2}9005\.000 ms RTP /m,
  },
  {
    name: 'a listener delays packets by 0.01 ms',
    plant: () =>
      handledPackets('rtp', (packet, send, clock) => void clock.setTimer(0.01, () => send(packet))),
    opens: asSomebodyListens,
    shows: /^\+ \+ {2}9002\.010 ms RTP /m,
  },
  {
    name: 'somebody who watches the level delays packets by 0.01 ms',
    plant: () =>
      handledPackets('rtp', (packet, send, clock) => void clock.setTimer(0.01, () => send(packet))),
    opens: asSomebodyWatches,
    shows: /^\+ \+ +\d+\.010 ms RTP /m,
  },
  {
    name: 'a packet comes twice',
    plant: () =>
      handledPackets('rtp', (packet, send) => {
        send(packet)
        send(packet)
      }),
    opens: asSomebodyListens,
    shows: /\bdiffer in \d+ of \d+/,
  },
  {
    name: 'another SSRC',
    plant: () =>
      handledPackets('rtp', (packet, send) => {
        packet.writeUInt32BE(1, 8)
        send(packet)
      }),
    opens: asSomebodyListens,
    shows: /^\+ .* RTP .* <ssrc 2> /m,
  },
  {
    name: 'a bit of the silence is another',
    plant: () =>
      handledPackets('rtp', (packet, send) => {
        packet[171] = (packet[171] ?? 0) ^ 1
        send(packet)
      }),
    opens: asSomebodyListens,
    shows: /the first character that differs is number \d+/,
  },
  {
    name: 'a report comes 0.1 ms late',
    plant: () =>
      handledPackets('rtcp', (packet, send, clock) => void clock.setTimer(0.1, () => send(packet))),
    opens: asPhoneRegisters,
    shows: /^\+ \+ +\d+\.100 ms RTCP /m,
  },
  {
    name: 'the name in the reports tells something',
    plant: () =>
      handledPackets('rtcp', (packet, send) => {
        packet.write('kitchen.10.0.0.9', packet.indexOf(Buffer.from([1, 16])) + 2, 'latin1')
        send(packet)
      }),
    opens: asPhoneRegisters,
    shows: /^\+ .* kitchen\.10\.0\.0\.9 /m,
  },
]

const [script] = scripts
if (!script) throw new Error('there is no script')
const expected = playCall(script, out)

it.each(LEAKS)('is caught: $name', async ({ name, plant, opens, shows }) => {
  const leak = plant()
  const trace = await playCall(script, {
    name,
    house: { through: leak.through },
    prepare: (stage) => opens(stage, leak.open),
  })
  expect(differenceBetween({ name: out.name, trace: await expected }, { name, trace })).toMatch(shows)
})

it.each(LEAKS)('shows nothing while it is shut: $name', async ({ name, plant }) => {
  const trace = await playCall(script, { name, house: { through: plant().through } })
  expect(differenceBetween({ name: out.name, trace: await expected }, { name, trace })).toBeUndefined()
})
