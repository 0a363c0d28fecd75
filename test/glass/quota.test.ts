import { describe, expect, it } from 'vitest'
import { holdAgainstOut, out } from './hold-against-out.ts'
import { scripts } from './scripts.ts'
import { filling, full, whileFull } from './sides/filling.ts'
import { playCall, type Script } from './stage.ts'
import { differenceBetween } from './trace/difference.ts'

holdAgainstOut(filling)

const scriptNamed = (name: string): Script => {
  const script = scripts.find((each) => each.name === name)
  if (!script) throw new Error(`there is no script “${name}”`)
  return script
}
const leavesMessage = scriptNamed('leaves a message')
/** Of that script: the ring time, and when its ACK is there. */
const CONFIRMED_MS = 4012

describe('a mailbox that refuses when it is full', () => {
  it('says so when the greeting would begin, and not before', async () => {
    const [usual, refused] = await Promise.all([playCall(leavesMessage, out), playCall(leavesMessage, full)])
    const first = refused.findIndex((line, at) => line !== usual[at])
    expect(refused[first]).toMatch(/ms RTP /)
    const at = Number(/^\+ *([\d.]+) ms/.exec(refused[first] ?? '')?.[1])
    expect(at).toBeGreaterThan(CONFIRMED_MS)
    expect(at).toBeLessThan(CONFIRMED_MS + 30)
  })

  it('hangs up after that, where it would have recorded', async () => {
    const refused = await playCall(leavesMessage, full)
    expect(refused.filter((line) => /\nBYE /.test(line))).not.toEqual([])
    const usual = await playCall(leavesMessage, out)
    expect(usual.filter((line) => /\nBYE /.test(line))).toEqual([])
  })

  it.each(['cancels while it rings', 'never acknowledges'])(
    'shows nothing of it to a caller who %s',
    async (name) => {
      const script = scriptNamed(name)
      const traces = await Promise.all([playCall(script, out), playCall(script, full)])
      const [one, other] = traces.map((trace, at) => ({ name: at === 0 ? 'out' : 'full', trace }))
      expect(one && other && differenceBetween(one, other)).toBeUndefined()
    },
  )

  it.each(whileFull)(
    'is heard as the same call whatever its reason is, or changes meanwhile: $name',
    async (side) => {
      const one = { name: full.name, trace: await playCall(leavesMessage, full, true) }
      const other = { name: side.name, trace: await playCall(leavesMessage, side, true) }
      expect(differenceBetween(one, other)).toBeUndefined()
    },
  )
})
