import { describe, expect, it } from 'vitest'
import { rawCaller } from '../../../test/helpers/raw-caller.ts'

const REFERENCE = 'other@192.0.2.9;to-tag=one;from-tag=two'
const listing = (...extensions: string[]) => rawCaller({ machine: { extensions } })

function outcome(headers: readonly string[], method = 'INVITE', caller = listing('replaces', 'join')) {
  caller.send(method, 1, { headers, ...(method === 'INVITE' && { body: 'offer' }) })
  const invite = caller.calls[0]?.invite
  return invite
    ? { replaces: invite.replaces, join: invite.join }
    : (caller.statuses(method, 1).at(-1) ?? 'silence')
}

describe('an endpoint that lists replaces and join', () => {
  const reference = { callId: 'other@192.0.2.9', toTag: 'one', fromTag: 'two', earlyOnly: false }

  it('tells of the dialog that a call is to replace (RFC 3891 §3)', () => {
    expect(outcome(['Require: replaces', `Replaces: ${REFERENCE}`])).toEqual({ replaces: reference })
    expect(outcome([`Replaces: ${REFERENCE};early-only`])).toEqual({
      replaces: { ...reference, earlyOnly: true },
    })
  })

  it('tells of the dialog that a call wants to join (RFC 3911 §4)', () => {
    expect(outcome(['Require: join', `Join: ${REFERENCE};early-only`])).toEqual({ join: reference })
  })

  it.each([
    ['one that can not be read', ['Replaces: other;to-tag=one']],
    ['one that comes twice', [`Replaces: ${REFERENCE}`, `Replaces: ${REFERENCE}`]],
    ['two in one header', [`Join: ${REFERENCE}, ${REFERENCE}`]],
    ['both at once', [`Replaces: ${REFERENCE}`, `Join: ${REFERENCE}`]],
  ])('answers 400 to %s (RFC 3891 §3, RFC 3911 §4)', (_what, headers) => {
    expect(outcome(headers)).toBe(400)
  })

  it('answers 400 to one outside of an INVITE (RFC 3891 §3)', () => {
    expect(outcome([`Replaces: ${REFERENCE}`], 'OPTIONS')).toBe(400)
  })

  it('says so, always alike (RFC 3261 §20.37)', () => {
    const caller = listing('replaces', 'join')
    caller.send('OPTIONS', 1)
    expect(caller.peer.response('1 OPTIONS', 200)?.headers.first('Supported')).toBe(
      '100rel, timer, replaces, join',
    )
  })
})

describe('an endpoint that does not', () => {
  it('passes them over (RFC 3261 §8.2.2), and refuses to be required to know them (§8.2.2.3)', () => {
    expect(outcome([`Replaces: ${REFERENCE}`, 'Join: nonsense'], 'INVITE', listing())).toEqual({})
    expect(outcome([`Replaces: ${REFERENCE}`, 'Require: replaces'], 'INVITE', listing('join'))).toBe(420)
  })
})
