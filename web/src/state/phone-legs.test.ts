import { describe, expect, it } from 'vitest'
import { afterPhoneEvent, legOfCall, type PhoneEvent, type PhoneLeg, shownLeg } from './phone-legs.ts'

const dialled = (id: number, purpose: PhoneLeg['purpose'], callId = 'c1'): PhoneEvent => ({
  kind: 'dialled',
  id,
  callId,
  purpose,
})

/** What is left after these events, and which legs were hung up on the way. */
function play(...events: readonly PhoneEvent[]) {
  let legs: readonly PhoneLeg[] = []
  const hungUp: number[] = []
  for (const event of events) {
    const [after, acts] = afterPhoneEvent(legs, event)
    legs = after
    hungUp.push(...acts.map(({ hangUp }) => hangUp))
  }
  return { legs, hungUp, shown: shownLeg(legs) }
}

describe("the page's phone", () => {
  it('is calling until it is connected', () => {
    expect(play(dialled(1, 'talk')).shown).toMatchObject({ callId: 'c1', since: null })
    const { shown, hungUp } = play(dialled(1, 'talk'), { kind: 'connected', id: 1, at: 5000 })
    expect(shown).toMatchObject({ since: 5000, muted: false, held: false })
    expect(hungUp).toEqual([])
  })

  it('goes on listening until the pick-up has worked', () => {
    const before = [dialled(1, 'listen'), { kind: 'connected', id: 1, at: 0 }, dialled(2, 'talk')] as const
    expect(play(...before)).toMatchObject({ hungUp: [], shown: { id: 2, since: null } })
    expect(play(...before, { kind: 'connected', id: 2, at: 9 })).toMatchObject({ hungUp: [1] })
    expect(play(...before, { kind: 'over', id: 2 }).shown).toMatchObject({
      id: 1,
      purpose: 'listen',
      since: 0,
    })
  })

  it('listens to one call at a time', () => {
    const { hungUp, shown } = play(dialled(1, 'listen'), dialled(2, 'listen', 'c2'))
    expect(hungUp).toEqual([1])
    expect(shown).toMatchObject({ id: 2, callId: 'c2' })
  })

  it('lets one caller wait while it takes another, and has both', () => {
    const both = [
      dialled(1, 'talk'),
      { kind: 'connected', id: 1, at: 0 },
      { kind: 'held', id: 1, on: true },
      dialled(2, 'talk', 'c2'),
      { kind: 'connected', id: 2, at: 5 },
    ] as const
    const { legs, hungUp, shown } = play(...both)
    expect(hungUp).toEqual([])
    expect(shown).toMatchObject({ id: 2 })
    expect(legOfCall(legs, 'c1')).toMatchObject({ id: 1, held: true })
    expect(legOfCall(legs, 'c3')).toBeNull()
    expect(play(...both, { kind: 'over', id: 2 }).shown).toMatchObject({ id: 1, held: true })
  })

  it('is muted and held, and forgets a leg that is over', () => {
    const { legs } = play(
      dialled(1, 'talk'),
      { kind: 'muted', id: 1, on: true },
      { kind: 'held', id: 1, on: true },
    )
    expect(legs).toMatchObject([{ muted: true, held: true }])
    expect(
      play(dialled(1, 'talk'), { kind: 'over', id: 1 }, { kind: 'connected', id: 1, at: 3 }).shown,
    ).toBeNull()
  })
})
