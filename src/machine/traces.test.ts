import { describe, expect, it } from 'vitest'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { HOUSE, type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'
import { answers, rings } from '../../test/helpers/scripted-phone.ts'
import { heardQuality } from '../trace/e-model.ts'
import { unpackTrace } from '../trace/pack.ts'
import { sketch } from '../trace/sketch.ts'
import type { Trace } from '../trace/trace.ts'

const DESK = '192.0.2.11'
const SOFA = '192.0.2.12'
const PHONES = [{ name: 'desk' }, { name: 'sofa' }]
/** From the end of a call until its trace is written down. */
const WRITTEN_MS = 2100

const kept = (house: InMemoryHouse): Trace[] => [...house.traces.values()].map(unpackTrace)
const arrows = (trace: Trace | undefined) => {
  const { columns, arrows } = sketch(trace ?? { legs: [], messages: [] })
  const name = (at: number) => columns[at]?.name ?? columns[at]?.kind
  return arrows.map(({ from, to, title, method }) => `${name(from)} > ${name(to)} ${title} ${method}`)
}

describe('the trace of a call', () => {
  it('has the caller, each phone that rang, and who picked up', async () => {
    await using house = await openHouse({ phones: PHONES })
    await using _desk = await openPhone(house, 'desk', DESK, { onCall: answers(2000) })
    await using _sofa = await openPhone(house, 'sofa', SOFA, { onCall: rings })
    await house.invite()
    await house.pass(2200)
    await house.ack()
    await house.speak(1000)
    const [live] = house.machine.liveCalls()
    expect(arrows(house.machine.traceOf(live?.id ?? ''))).toContain('+49301234 > answerphone INVITE INVITE')
    await house.bye()
    expect(kept(house)).toEqual([])
    await house.pass(WRITTEN_MS)
    const [trace] = kept(house)
    const caller = arrows(trace).filter((arrow) => arrow.includes('+49301234'))
    expect(caller).toEqual([
      '+49301234 > answerphone INVITE INVITE',
      'answerphone > +49301234 100 Trying INVITE',
      'answerphone > +49301234 180 Ringing INVITE',
      'answerphone > +49301234 200 OK INVITE',
      '+49301234 > answerphone ACK ACK',
      '+49301234 > answerphone BYE BYE',
      'answerphone > +49301234 200 OK BYE',
    ])
    const phones = arrows(trace).filter((arrow) => !arrow.includes('+49301234'))
    for (const expected of [
      'answerphone > desk INVITE INVITE',
      'desk > answerphone 200 Fine INVITE',
      'answerphone > sofa CANCEL CANCEL',
      'sofa > answerphone 487 No INVITE',
      'answerphone > desk BYE BYE',
      'desk > answerphone 200 Fine BYE',
    ])
      expect(phones).toContain(expected)
    expect(trace).toMatchObject({ id: live?.id, kind: 'call', omitted: { messages: 0 } })
    expect(house.machine.traceOf(live?.id ?? '')).toBeUndefined()
  })

  it('has statistics of each leg that had sound', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    await house.invite()
    await house.ack()
    await house.speak(1000)
    await house.pass(1000)
    await house.speak(1000)
    await house.bye()
    await house.pass(WRITTEN_MS)
    const [statistics] = kept(house)[0]?.statistics ?? []
    expect(statistics).toMatchObject({
      kind: 'caller',
      name: '+49301234',
      codec: 'PCMU',
      received: { packets: 100, bytes: 16_000 },
      lost: 0,
      late: 0,
      ignored: 0,
      reported: null,
    })
    expect(statistics?.longestGapMs).toBeGreaterThanOrEqual(1000)
    expect(statistics?.longestGapMs).toBeLessThan(1100)
    expect(statistics?.sent.packets).toBeGreaterThan(145)
    expect(statistics && heardQuality(statistics)?.verdict).toBe('excellent')
  })

  it('has a phone that picks up by dialling, its challenge too, and no secret of it', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 }, phones: PHONES })
    await using desk = await openPhone(house, 'desk', DESK)
    await house.invite()
    await house.ack()
    await house.pass(4000)
    desk.call(`sip:*8@${HOUSE}`)
    await house.pass(500)
    await house.bye()
    await house.pass(WRITTEN_MS)
    const [trace] = kept(house)
    expect(arrows(trace)).toContain('desk > answerphone INVITE INVITE')
    const texts = trace?.messages.map(({ text }) => text).join('') ?? ''
    expect(texts).toMatch(/Authorization: Digest .*username="desk"/)
    expect(texts).toContain('response="redacted"')
    expect(texts).not.toMatch(/(?:nonce|response|cnonce)="?(?!redacted)[0-9a-f]/i)
  })

  it('is there of a call between phones, under an id of its own', async () => {
    await using house = await openHouse({ phones: PHONES })
    await using desk = await openPhone(house, 'desk', DESK)
    await using _sofa = await openPhone(house, 'sofa', SOFA, { onCall: answers(500) })
    const call = desk.call(`sip:sofa@${HOUSE}`)
    await house.pass(2000)
    expect(call.state).toBe('talking')
    call.hangUp()
    await house.pass(WRITTEN_MS)
    expect([...house.traces.values()]).toMatchObject([{ kind: 'house', title: 'desk → sofa' }])
    const [trace] = kept(house)
    expect(trace?.statistics.map(({ name }) => name).sort()).toEqual(['desk', 'sofa'])
    expect(arrows(trace)).toContain('answerphone > sofa INVITE INVITE')
  })

  it('is not there of strangers, nor of calls for nobody', async () => {
    await using house = await openHouse({
      lines: [
        { id: 'a', name: 'home' },
        { id: 'b', name: 'office' },
      ],
    })
    await house.invite({ user: 'nobody' })
    await house.pass(5000)
    expect(house.caller.statuses('1 INVITE')).toContain(404)
    expect(house.traces.size).toBe(0)
  })

  it('is written down when the machine stops', async () => {
    await using house = await openHouse({ line: { ringSeconds: 60 } })
    await house.invite()
    await house.pass(100)
    const drained = house.machine.drain(50)
    await house.pass(500)
    await drained
    expect(arrows(kept(house)[0])).toContain('answerphone > +49301234 503 Service Unavailable INVITE')
  })
})
