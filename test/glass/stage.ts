import type { GateQuestion } from '../../src/shared/caller-gate.ts'
import type { Rule } from '../../src/store/model.ts'
import { HOUSE, type HouseOptions, type InMemoryHouse, openHouse } from '../helpers/in-memory-house.ts'
import { ruleOf } from '../helpers/rule-calls.ts'
import { type Caller, openCaller } from './caller.ts'
import { dealSessions } from './deal-sessions.ts'
import { traceOf } from './trace/caller-trace.ts'
import { openSound } from './trace/open-sound.ts'

/** A house in memory, and what happens in it besides the call that is looked at. */
export interface Stage {
  readonly house: InMemoryHouse
  /** Lets time pass; what was planned for it happens, at its instants. */
  pass(ms: number): Promise<void>
  /** Plans something for so long after the call's INVITE, or after the moment if the call has not begun. It has the time it needs: the clock stands still. */
  at(ms: number, act: () => unknown): void
}

/** What the caller does. Each script has its instants; what it hears changes none of them. */
export interface Script {
  readonly name: string
  readonly house?: HouseOptions
  /** The caller's provider is in the network of the phones, as a FRITZ!Box is: then it shows whether there are any. */
  readonly amongPhones?: boolean
  /** What it has to pass before phones ring. */
  readonly gate?: GateQuestion
  /** Its sound is encrypted by keys of its session description (RFC 4568). */
  readonly encrypted?: boolean
  play(caller: Caller): Promise<void>
}

/** What happens on the owner's side. Nothing of it may be seen in the caller's trace. */
export interface Side {
  readonly name: string
  readonly house?: HouseOptions
  /** Before the call: it has `READY_MS`. */
  prepare?(stage: Stage): Doings | Promise<Doings>
}

export interface Doings {
  /** As the call begins: plans what the owner's side does. */
  during?(): void
  /** After the call of the first script: throws if what the side is named for has not happened. */
  happened?(): void
}

/** When each call begins, on the clock of its house: packets leave at multiples of 5 ms of it. */
const READY_MS = 10_003
/** Time after the script's end, for retransmissions and last reports. */
const AFTER_MS = 40_000
/** The address that the owner's phones and other callers use. */
export const LAN = '10.0.0.2'
/** The phones of the house, whether they are on or not. */
export const PHONES = ['desk', 'sofa', 'attic', ...Array.from({ length: 7 }, (_, i) => `room-${i}`)].map(
  (name) => ({ name }),
)
const PLACE = { address: '192.0.2.1', sipPort: 5080, rtpPort: 31_000 }

/** Plays one call and returns what reached the caller. @param proved whether the side has to have happened */
export async function playCall(script: Script, side: Side, proved = false): Promise<readonly string[]> {
  const through = { ...side.house?.through }
  await using house = await openHouse({
    ...script.house,
    ...side.house,
    // What the side changes of the mailbox must not undo what the script needs of it.
    mailbox: { ...script.house?.mailbox, ...side.house?.mailbox },
    rules: rulesOf(side.house?.rules, script.gate),
    alsoAt: [LAN],
    phonesFrom: ['10.0.0.0/8', ...(script.amongPhones ? ['192.0.2.0/24'] : [])],
    phones: side.house?.phones ?? PHONES,
    seed: [...side.name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) >>> 0,
    through: { ...through, media: dealSessions(HOUSE) },
  })
  const stage = openStage(house)
  const { encrypted = false } = script
  const caller = openCaller(stage, {
    place: PLACE,
    callId: 'glass@192.0.2.1',
    number: '+49301234',
    encrypted,
  })
  const doings = await side.prepare?.(stage)
  const rest = READY_MS - house.clock.monotonic()
  if (rest < 0) throw new Error(`“${side.name}” was not ready in time`)
  await stage.pass(rest)
  const since = house.clock.monotonic()
  doings?.during?.()
  await script.play(caller)
  await stage.pass(AFTER_MS)
  if (proved) doings?.happened?.()
  return traceOf(encrypted ? openSound(house, PLACE) : house, PLACE, since)
}

/** The side's rules say what becomes of the call on the owner's side; before all of them stands the gate. */
function rulesOf(rules: readonly Rule[] = [], gate?: GateQuestion): readonly Rule[] {
  if (!gate) return rules
  const gated = rules.map((rule) =>
    rule.action.kind === 'take' ? { ...rule, action: { ...rule.action, gate } } : rule,
  )
  return [...gated, ruleOf('gate', [], { kind: 'take', gate })]
}

export function openStage(house: InMemoryHouse): Stage {
  const planned: { readonly at: number; readonly act: () => unknown }[] = []
  const { clock } = house
  return {
    house,
    at(ms, act) {
      planned.push({ at: clock.monotonic() + ms, act })
      planned.sort((a, b) => a.at - b.at)
    },
    async pass(ms) {
      const until = clock.monotonic() + ms
      for (let next = planned[0]; next && next.at <= until; next = planned[0]) {
        planned.shift()
        await house.pass(next.at - clock.monotonic())
        await next.act()
      }
      await house.pass(until - clock.monotonic())
    },
  }
}
