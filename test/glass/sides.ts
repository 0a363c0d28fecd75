import { openCaller } from './caller.ts'
import { LAN, type Side, type Stage } from './stage.ts'

/** Nobody is at home: what every other side is held against. */
export const out: Side = { name: 'out' }

/** What may go on behind the glass. A new side is a new entry. */
export const sides: readonly Side[] = [
  {
    name: 'page open: somebody follows every event and looks at the call',
    prepare({ house }) {
      house.machine.watch(() => void house.machine.liveCalls())
    },
    during(stage) {
      for (let ms = 1; ms < 20_000; ms += 333)
        stage.at(ms, () => JSON.stringify([stage.house.machine.liveCalls(), stage.house.machine.health()]))
    },
  },
  {
    name: 'another call from the same provider, after this one began',
    during(stage) {
      stage.at(3000.4, () => leaveMessage(stage, { address: '192.0.2.1', sipPort: 5090, rtpPort: 32_000 }))
    },
  },
  {
    name: 'another call from elsewhere, before this one and into it',
    house: { lines: [{ trunk: ['192.0.2.1/32', '10.0.0.0/8'] }] },
    async prepare(stage) {
      const other = { address: '10.0.0.99', sipPort: 5060, rtpPort: 32_000 }
      stage.at(2000, () => leaveMessage(stage, other, LAN))
      await stage.pass(5000)
    },
  },
  {
    name: 'the database fails',
    during(stage) {
      const fail = () => stage.house.failures.push(new Error('SQLITE_BUSY'), new Error('SQLITE_BUSY'))
      for (const ms of [0.1, 3999, 8000, 12_000]) stage.at(ms, fail)
    },
  },
]

/** A whole other call, each step planned from now on. */
function leaveMessage(
  stage: Stage,
  place: { address: string; sipPort: number; rtpPort: number },
  to?: string,
) {
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
