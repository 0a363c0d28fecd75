import { describe, expect, it } from 'vitest'
import { changesSince, hasChanged } from './dialog-changes.ts'
import type { LampCall } from './lamps.ts'

const call = (id: string, state: LampCall['state'] = 'early'): LampCall => ({
  id,
  line: 'home',
  mailboxId: 'box',
  dialog: { callId: `${id}@caller`, localTag: 'l', remoteTag: 'r' },
  state,
  callerNumber: '+4930',
  callerName: null,
})

describe('what a document says (RFC 4235 §3.7, RFC 6665 §5.3.2)', () => {
  it('is everything, the first time', () => {
    const calls = [call('a'), call('b')]
    expect(changesSince(undefined, calls)).toEqual({ scope: 'full', calls })
    expect(hasChanged(undefined, [])).toBe(true)
  })

  it('is what changed, from then on', () => {
    const a = call('a')
    expect(changesSince([a], [a, call('b')])).toEqual({ scope: 'partial', calls: [call('b')] })
    expect(changesSince([a], [call('a', 'confirmed')])).toEqual({
      scope: 'partial',
      calls: [call('a', 'confirmed')],
    })
    expect(hasChanged([a], [call('a')])).toBe(false)
    expect(hasChanged([a], [call('b')])).toBe(true)
  })

  it('tells the end of a call once', () => {
    const told = [call('a')]
    expect(changesSince(told, []).calls).toEqual([{ ...call('a'), state: 'terminated' }])
    expect(changesSince([], [])).toEqual({ scope: 'full', calls: [] })
  })

  it('is everything again when a call ends beside others, for phones that take each document for the whole', () => {
    expect(changesSince([call('a'), call('b')], [call('b')])).toEqual({ scope: 'full', calls: [call('b')] })
  })
})
