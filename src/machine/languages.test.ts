import { expect, it } from 'vitest'
import { openHouse } from '../../test/helpers/in-memory-house.ts'
import { untilHolds } from '../../test/helpers/until.ts'

/** How long the machine greets and says goodbye, as a caller hears it; what is spoken tells by its length. */
async function durations(language: 'en' | 'de', then = language) {
  await using house = await openHouse({ mailbox: { language }, line: { ringSeconds: 0 } })
  await house.invite()
  await house.pass(50)
  await house.ack()
  const phase = () => house.machine.liveCalls()[0]?.phase
  const until = async (wanted: string | undefined) => {
    const since = house.clock.monotonic()
    while (phase() !== wanted && house.clock.monotonic() - since < 20_000) await house.speak(20)
    return house.clock.monotonic() - since
  }
  const greeted = await until('recording')
  const [line] = house.machine.lines
  house.settings.mailbox = { language: then }
  house.changed('mailboxes')
  await untilHolds(() => expect(house.machine.lines[0]).not.toBe(line))
  await house.speak(2000)
  await house.request('INFO', '2 INFO', ['Content-Type: application/dtmf-relay'], 'Signal=#\r\n')
  expect(phase()).toBe('closing')
  return [greeted, await until(undefined)].map((ms) => Math.round(ms / 100) / 10)
}

it('speaks to callers in the language of the mailbox, from the greeting to the goodbye', async () => {
  expect(await durations('en')).toEqual([3.6, 2])
  expect(await durations('de')).toEqual([5.1, 2.7])
  // What was settled when the call came stays.
  expect(await durations('en', 'de')).toEqual([3.6, 2])
})
