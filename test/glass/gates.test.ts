import { describe, expect, it } from 'vitest'
import { rings } from '../helpers/scripted-phone.ts'
import { out } from './hold-against-out.ts'
import { switchOn } from './phones.ts'
import { scripts } from './scripts.ts'
import { LAN, playCall, type Side } from './stage.ts'
import { differenceBetween } from './trace/difference.ts'

/** What becomes of each script, so that the glass is held against what it is named for. */
const ENDS: Readonly<Record<string, { went: string; rung: number; junk?: true }>> = {
  'presses the key of a gate after a wrong one, hears it ring, and leaves a message': {
    went: 'passed',
    rung: 1,
  },
  'says a name at a gate, hears it ring, and leaves a message': { went: 'passed', rung: 1 },
  'does not pass a gate, and speaks into junk': { went: 'failed', rung: 0, junk: true },
}

describe.each(scripts.filter(({ gate }) => gate))('a caller who $name', (script) => {
  const end = ENDS[script.name]

  it('does so, with phones that ring and one that listens at the gate, and hears what it hears when all are out', async () => {
    const side: Side = {
      name: 'phones ring, and one listens at the gate',
      async prepare(stage) {
        const phones = await switchOn(stage, 3, rings)
        return {
          during: () => stage.at(500, () => phones[2]?.call(`sip:*1@${LAN}`)),
          happened() {
            const { house } = stage
            const [call] = house.rows.values()
            expect(call).toMatchObject({
              outcome: 'message',
              gate: { kind: script.gate?.kind, went: end?.went },
            })
            expect(house.kept).toMatchObject([{ meta: end?.junk ? { junk: true } : { kind: 'message' } }])
            expect(house.names).toHaveLength(script.gate?.kind === 'name' ? 1 : 0)
            expect(phones[0]?.calls).toHaveLength(end?.rung ?? -1)
            expect(house.audit).toMatchObject([{ act: 'listened-in', who: 'phone:attic' }])
          },
        }
      },
    }
    const [expected, trace] = await Promise.all([playCall(script, out), playCall(script, side, true)])
    expect(differenceBetween({ name: out.name, trace: expected }, { name: side.name, trace })).toBeUndefined()
  })
})
