import { describe, expect, it } from 'vitest'
import { readDialled } from './dialled.ts'

const plan = {
  listenCode: '*1',
  menuCode: '*98',
  pickUpCode: '*8',
  switchCodes: { machine: '*60', 'do-not-disturb': '*61' },
  isPhone: (name: string) => ['desk', '20', '*8bell'].includes(name),
  lineNamed: (user: string) => ({ home: 'home', '+4930123': 'home', '81': 'office' })[user],
}

describe('what a phone dials', () => {
  it.each([
    ['*8', { kind: 'pick-up' }],
    ['*8home', { kind: 'pick-up', line: 'home' }],
    ['*8+4930123', { kind: 'pick-up', line: 'home' }],
    ['*1', { kind: 'listen' }],
    ['*1home', { kind: 'listen', line: 'home' }],
    ['*60', { kind: 'switch', which: 'machine' }],
    ['*61', { kind: 'switch', which: 'do-not-disturb' }],
    ['*60home', { kind: 'nothing' }],
    ['pick-up~0f3c-9a', { kind: 'pick-up-this', callId: '0f3c-9a' }],
    ['listen~0f3c-9a', { kind: 'listen-to-this', callId: '0f3c-9a' }],
    ['listen~', { kind: 'nothing' }],
    ['desk', { kind: 'phone', name: 'desk' }],
    ['20', { kind: 'phone', name: '20' }],
    ['*8bell', { kind: 'phone', name: '*8bell' }],
    ['home', { kind: 'line', name: 'home' }],
    ['+4930123', { kind: 'line', name: 'home' }],
    ['030 12-34 (5)', { kind: 'outside', number: '03012345' }],
    ['+49301234', { kind: 'outside', number: '+49301234' }],
    ['out~home~+49 30 1234', { kind: 'outside', number: '+49301234', line: 'home' }],
    ['out~home~nobody', { kind: 'nothing' }],
    ['out~+49301234', { kind: 'nothing' }],
    ['*8nowhere', { kind: 'nothing' }],
    ['nobody', { kind: 'nothing' }],
    ['1', { kind: 'nothing' }],
    [undefined, { kind: 'nothing' }],
  ])('%s', (user, meant) => {
    expect(readDialled(user, plan)).toEqual(meant)
  })

  it('turns no switch that has no code', () => {
    const switchCodes = { machine: undefined, 'do-not-disturb': '*61' }
    expect(readDialled('*60', { ...plan, switchCodes })).toEqual({ kind: 'nothing' })
    expect(readDialled(undefined, { ...plan, switchCodes })).toEqual({ kind: 'nothing' })
  })

  it('reads the longer of two codes that begin alike', () => {
    expect(readDialled('*81', { ...plan, listenCode: '*8', pickUpCode: '*81' })).toEqual({ kind: 'pick-up' })
  })
})
