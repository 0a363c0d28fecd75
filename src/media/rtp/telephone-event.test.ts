import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyRtpPacket } from './packet.ts'
import {
  type Digit,
  EVENT_LOST_MS,
  type EventReport,
  type Press,
  parseEvent,
  stepPress,
} from './telephone-event.ts'

interface Heard {
  readonly at: number
  readonly report: EventReport
}

/** The reports of a press: one each 20 ms, the last three times with the E bit, in segments if it is long. */
function press(code: number, startedAt: number, durationMs: number): Heard[] {
  const heard: Heard[] = []
  const start = startedAt * 8
  for (let ms = 20; ms <= durationMs; ms += 20) {
    const segment = Math.floor((ms * 8 - 1) / 0xffff)
    const timestamp = (start + segment * 0xffff) >>> 0
    const report = { code, end: false, duration: ms * 8 - segment * 0xffff, timestamp, marker: ms === 20 }
    heard.push({ at: startedAt + ms, report })
  }
  const last = heard.at(-1) as Heard
  for (let copy = 0; copy < 3; copy++)
    heard.push({ at: last.at + copy, report: { ...last.report, end: true } })
  return heard
}

function digits(heard: readonly Heard[]): Digit[] {
  let state: Press = { kind: 'none' }
  const found: Digit[] = []
  let now = 0
  const step = (event: Parameters<typeof stepPress>[1]) => {
    const [next, said] = stepPress(state, event, 8000)
    state = next
    found.push(...said)
  }
  for (const { at, report } of heard) {
    for (; now < at; now += 20) step({ kind: 'time', at: now })
    step({ kind: 'report', at, report })
  }
  step({ kind: 'time', at: now + EVENT_LOST_MS + 20 })
  return found
}
const spelled = (heard: readonly Heard[]) =>
  digits(heard)
    .map(({ digit }) => digit)
    .join('')

describe('telephone-events', () => {
  it('RFC 4733 §2.5: a press is one digit, with its length', () => {
    expect(digits(press(11, 1000, 100))).toEqual([{ digit: '#', durationMs: 100 }])
  })

  it('RFC 4733: one digit per press over any loss, duplication and swapping that leaves one report of each', () => {
    const typed = fc.array(
      fc.record({ code: fc.nat(15), keep: fc.array(fc.boolean()), twice: fc.boolean() }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(typed, (presses) => {
        const heard = presses.flatMap(({ code, keep, twice }, i) => {
          const all = press(code, 4_294_960_000 / 8 + i * 400, 160)
          const kept = all.filter((_, k) => keep[k] ?? true)
          const left = kept.length > 0 ? kept : all.slice(-1)
          for (let k = 0; k + 1 < left.length; k += 3)
            left.splice(k, 2, left[k + 1] as Heard, left[k] as Heard)
          return twice ? left.flatMap((one) => [one, one]) : left
        })
        const offset = (heard[0]?.at ?? 0) - 100
        const shifted = heard.map(({ at, report }) => ({ at: at - offset, report }))
        expect(spelled(shifted)).toBe(presses.map(({ code }) => '0123456789*#ABCD'[code]).join(''))
      }),
    )
  })

  it('RFC 4733: a lost end is made up for by the next press, or by silence', () => {
    const endless = press(5, 1000, 100).filter(({ report }) => !report.end)
    expect(spelled(endless)).toBe('5')
    expect(spelled([...endless, ...press(5, 1180, 60)])).toBe('55')
  })

  it('RFC 4733 §2.5.1.3: a press longer than 65,535 units is one digit, even when ends of segments are lost', () => {
    const long = press(1, 1000, 20_000)
    expect(digits(long)).toEqual([{ digit: '1', durationMs: 20_000 }])
    expect(spelled(long.filter(({ report }, i) => report.duration < 60_000 && i % 3 > 0))).toBe('1')
  })

  it('RFC 4733 §3.2: a flash hook is no digit', () => {
    expect(spelled(press(16, 1000, 100))).toBe('')
  })

  it('RFC 4733 §2.3: reads the payload, and nothing from less than four bytes', () => {
    const packet = { ...emptyRtpPacket(), timestamp: 9, marker: true, payloadStart: 0, payloadEnd: 4 }
    const bytes = Buffer.from('0b8a0320', 'hex')
    const report = { code: 11, end: true, duration: 800, timestamp: 9, marker: true }
    expect(parseEvent(bytes, packet)).toEqual(report)
    expect(parseEvent(bytes, { ...packet, payloadEnd: 3 })).toBeUndefined()
  })
})
