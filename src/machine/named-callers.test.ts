import { describe, expect, it } from 'vitest'
import { babble } from '../../test/helpers/babble.ts'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { openHouse } from '../../test/helpers/in-memory-house.ts'
import { ruleOf } from '../../test/helpers/rule-calls.ts'
import { rings, type ScriptedPhone } from '../../test/helpers/scripted-phone.ts'

/** More than the question takes. */
const PROMPT_MS = 6000

/** A caller has said a name, and two phones ring. */
async function openNamed() {
  const house = await openHouse({
    phones: [{ name: 'desk' }, { name: 'sofa' }],
    rules: [ruleOf('Gate', [], { kind: 'take', gate: { kind: 'name' } })],
  })
  const desk = await openPhone(house, 'desk', '192.0.2.11', { onCall: rings })
  const sofa = await openPhone(house, 'sofa', '192.0.2.12', { onCall: rings })
  await house.invite()
  await house.ack()
  await house.pass(PROMPT_MS)
  await house.speak(800, babble)
  await house.pass(2000)
  return {
    house,
    desk,
    sofa,
    live: () => house.machine.liveCalls()[0],
    async answer(phone: ScriptedPhone) {
      phone.calls[0]?.answer()
      await house.pass(300)
    },
    async press(phone: ScriptedPhone, key: string) {
      const contentType = 'application/dtmf-relay'
      void phone.calls[0]?.request('INFO', { contentType, body: `Signal=${key}\r\nDuration=100\r\n` })
      await house.pass(300)
    },
    async [Symbol.asyncDispose]() {
      for (const part of [desk, sofa, house]) await part[Symbol.asyncDispose]()
    },
  }
}

describe('a phone that answers for a caller who has said a name', () => {
  it('has the caller when it presses 1, and nobody rings any more', async () => {
    await using scene = await openNamed()
    const { desk, sofa, live } = scene
    await scene.answer(desk)
    expect(live()).toMatchObject({ phase: 'ringing', ringing: ['desk', 'sofa'], pickedUpBy: null })
    await scene.press(desk, '1')
    expect(live()).toMatchObject({ phase: 'connected', pickedUpBy: 'desk' })
    expect(sofa.calls[0]?.state).toBe('over')
  })

  it('sends the caller to the machine by 2, and is hung up on', async () => {
    await using scene = await openNamed()
    const { house, desk, sofa, live } = scene
    await scene.answer(desk)
    await scene.press(desk, '2')
    expect(live()).toMatchObject({ phase: 'greeting', junk: false })
    expect([desk.calls[0]?.state, sofa.calls[0]?.state]).toEqual(['over', 'over'])
    expect(house.audit.at(-1)).toMatchObject({ who: 'phone:desk', act: 'answered-now' })
  })

  it('blocks the caller by 3: a last word, a BYE, and never again', async () => {
    await using scene = await openNamed()
    const { house, desk, live } = scene
    await scene.answer(desk)
    await scene.press(desk, '3')
    expect(live()?.phase).toBe('closing')
    await house.pass(PROMPT_MS)
    expect(live()).toBeUndefined()
    expect(house.caller.requests('BYE')).not.toEqual([])
    expect(house.blocked).toMatchObject([{ by: 'phone:desk' }])
    expect(house.audit.at(-1)).toMatchObject({ who: 'phone:desk', act: 'blocked' })
  })

  it('that says nothing, or hangs up, leaves the others ringing and the caller waiting', async () => {
    await using scene = await openNamed()
    const { desk, sofa, live } = scene
    await scene.answer(desk)
    desk.calls[0]?.hangUp()
    await scene.house.pass(300)
    expect(live()).toMatchObject({ phase: 'ringing', ringing: ['sofa'] })
    expect(sofa.calls[0]?.state).toBe('ringing')
  })

  it('is heard out while the machine answers, and may take the caller from there; the second is too late', async () => {
    await using scene = await openNamed()
    const { house, desk, sofa, live } = scene
    await house.pass(10_000)
    await scene.answer(desk)
    await scene.answer(sofa)
    await house.pass(8000)
    expect(live()?.phase).toBe('greeting')
    await scene.press(sofa, '1')
    expect(live()).toMatchObject({ phase: 'connected', pickedUpBy: 'sofa' })
    expect(desk.calls[0]?.state).toBe('over')
  })
})
