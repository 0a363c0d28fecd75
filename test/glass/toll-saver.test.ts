import { describe, expect, it } from 'vitest'
import { out } from './hold-against-out.ts'
import { scripts } from './scripts.ts'
import { playCall, type Script, type Side } from './stage.ts'
import { differenceBetween } from './trace/difference.ts'

const [script] = scripts
if (!script) throw new Error('no script')
const RING_SECONDS = 4
const ringingFor = (line: { ringSeconds: number; tollSaverSeconds: number | null }): Script => ({
  ...script,
  house: { line },
})
/** New messages have been there since before the call. */
const messagesWait: Side = {
  name: 'new messages wait',
  async prepare({ house, pass }) {
    house.counts.push({ mailboxId: 'box', state: 'new', count: 3 })
    house.changed('messages')
    await pass(100)
    return {}
  },
}
const difference = async (one: [Script, Side], other: [Script, Side]) =>
  differenceBetween(
    { name: one[1].name, trace: await playCall(...one) },
    { name: other[1].name, trace: await playCall(...other) },
  )

describe('a toll saver', () => {
  const off = ringingFor({ ringSeconds: RING_SECONDS, tollSaverSeconds: null })
  const on = ringingFor({ ringSeconds: RING_SECONDS, tollSaverSeconds: 2 })

  it('is off unless asked for: new messages change nothing for the caller', async () => {
    expect(await difference([off, out], [off, messagesWait])).toBeUndefined()
  })

  it('that is on changes nothing while no new message waits', async () => {
    expect(await difference([off, out], [on, out])).toBeUndefined()
  })

  it('changes the ring time and nothing else while one does: the caller gets what a line of that ring time gives', async () => {
    const shorter = ringingFor({ ringSeconds: 2, tollSaverSeconds: null })
    expect(await difference([shorter, out], [on, messagesWait])).toBeUndefined()
    expect(await difference([off, out], [on, messagesWait])).toBeDefined()
  })
})
