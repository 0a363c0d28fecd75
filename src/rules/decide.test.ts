import { describe, expect, it } from 'vitest'
import { ownerSays } from '../../test/helpers/owner-says/all.ts'
import { BUSY, DECLINE, JUNK, MUM, NO_SUCH, night, SILENT, who } from '../../test/helpers/owner-says/row.ts'
import { callOf, is, isNot, ruleOf } from '../../test/helpers/rule-calls.ts'
import { decide, judge } from './decide.ts'
import { isNoticeable } from './is-noticeable.ts'
import { makePlan } from './make-plan.ts'
import type { Action } from './rule.ts'

describe('what an owner says', () => {
  it('is said in at least 60 ways', () =>
    expect(new Set(ownerSays.map(([says]) => says)).size).toBeGreaterThanOrEqual(60))

  it.each(ownerSays)('%s', (says, when, action, about, notAbout) => {
    const rules = [ruleOf(says, when, action)]
    for (const call of about) {
      expect(decide(rules, callOf(call)), JSON.stringify(call)).toEqual({
        by: { kind: 'rule', id: says, name: says },
        action,
      })
      // Each condition matters: with one of them turned round it is about none of these.
      for (const [place, condition] of when.entries()) {
        const turned = when.with(place, { ...condition, not: !condition.not })
        expect(decide([ruleOf(says, turned, action)], callOf(call)).by.kind).not.toBe('rule')
      }
    }
    for (const call of notAbout)
      expect(decide(rules, callOf(call)).by.kind, JSON.stringify(call)).not.toBe('rule')
  })
})

describe('several rules', () => {
  const loud = ruleOf('loud', [is(who('favourite'))])
  const quiet = ruleOf('quiet', [night()], SILENT)
  const at = 'sun 23:00'

  it('are asked in their order, and the first that applies decides alone', () => {
    expect(decide([loud, quiet], callOf({ at, contact: MUM })).by).toMatchObject({ id: 'loud' })
    expect(decide([quiet, loud], callOf({ at, contact: MUM })).by).toMatchObject({ id: 'quiet' })
    expect(decide([loud, quiet], callOf({ at })).action).toEqual(SILENT)
  })

  it('leave the line as it is where none applies', () => {
    expect(decide([loud, quiet], callOf())).toEqual({ by: { kind: 'line' }, action: { kind: 'take' } })
  })

  it('that are switched off are passed over', () => {
    const off = { ...quiet, enabled: false }
    expect(decide([off], callOf({ at })).by.kind).toBe('line')
    expect(judge(off, callOf({ at })).verdict).toBe('off')
  })

  it('let nobody through who is blocked, unless they are about that', () => {
    const everybody = ruleOf('everybody', [])
    const notBlocked = ruleOf('not blocked', [isNot(who('blocked'))])
    const declined = { by: { kind: 'blocked' }, action: DECLINE }
    expect(decide([], callOf({ blocked: true }))).toEqual(declined)
    expect(decide([everybody, notBlocked, loud], callOf({ blocked: true, contact: MUM }))).toEqual(declined)
    expect(judge(everybody, callOf({ blocked: true })).verdict).toBe('blocked')
    const junk = ruleOf('junk', [is(who('blocked', 'anonymous'))], JUNK)
    expect(decide([everybody, junk], callOf({ blocked: true })).action).toEqual(JUNK)
  })
})

describe('the plan that a decision makes', () => {
  const settings = {
    machineOn: true,
    internal: null,
    ringSeconds: 18,
    tollSaverSeconds: null,
    messagesWait: false,
    language: 'en' as const,
    longestSeconds: 180,
    shortestSeconds: 1,
    silenceSeconds: 0,
    greeting: (wanted: string | null | undefined) => (wanted === undefined ? 'own' : `clip ${wanted}`),
    ringTone: 'ring tone',
  }
  const plan = (action: Action) => makePlan(settings, action)

  it('is the line’s, but for what the caller is to notice', () => {
    const own = plan({ kind: 'take' })
    expect(own).toEqual({
      refusal: null,
      answers: true,
      gate: null,
      ringMs: 18_000,
      greeting: 'own',
      language: 'en',
      longestMs: 180_000,
      shortestMs: 1000,
      silenceMs: null,
    })
    expect(plan({ kind: 'take', ringSeconds: 0 })).toEqual({ ...own, ringMs: 0 })
    expect(plan({ kind: 'take', greeting: null })).toEqual({ ...own, greeting: 'clip null' })
    expect([BUSY, NO_SUCH, DECLINE].map((action) => plan(action).refusal)).toEqual([486, 404, 603])
  })

  it('asks at once what a gate wants, and rings behind it for as long as ever', () => {
    const gate = { kind: 'key', digit: '5' } as const
    const own = plan({ kind: 'take' })
    expect(plan({ kind: 'take', gate })).toEqual({ ...own, gate: { ...gate, ringTone: 'ring tone' } })
    expect(plan({ kind: 'take', gate: { kind: 'name' }, ringSeconds: 7 })).toMatchObject({
      gate: { kind: 'name' },
      ringMs: 7000,
    })
  })

  it('answers nobody while the machine is off, and refuses whom it would refuse', () => {
    const off = (action: Action) => makePlan({ ...settings, machineOn: false }, action)
    expect(off({ kind: 'take' })).toMatchObject({ answers: false, ringMs: 180_000, refusal: null })
    expect(off({ kind: 'take', ringSeconds: 0 })).toMatchObject({ answers: false, ringMs: 180_000 })
    expect(off(BUSY).refusal).toBe(486)
    expect(off({ kind: 'take', gate: { kind: 'name' } })).toMatchObject({ answers: false, gate: null })
  })

  it('rings for less while messages wait, where the line has a toll saver and no rule says otherwise', () => {
    const ring = (tollSaverSeconds: number | null, messagesWait: boolean, action: Action = SILENT) =>
      makePlan({ ...settings, tollSaverSeconds, messagesWait }, action)
    const usual = plan(SILENT)
    expect([ring(null, true), ring(6, false), ring(60, true)]).toEqual([usual, usual, usual])
    expect(ring(6, true)).toEqual({ ...usual, ringMs: 6000 })
    expect(ring(6, true, { kind: 'take', ringSeconds: 30 }).ringMs).toBe(30_000)
  })

  it('leaves internal calls to the phones where the line does, unless the rule says when to answer', () => {
    const internal = (how: 'ring' | 'ignore', action: Action) =>
      makePlan({ ...settings, internal: how }, action)
    expect(internal('ring', SILENT)).toMatchObject({ answers: false, ringMs: 180_000 })
    expect(internal('ring', { kind: 'take', gate: { kind: 'name' } }).answers).toBe(true)
    expect(internal('ring', { kind: 'take', ringSeconds: 3 })).toMatchObject({ answers: true, ringMs: 3000 })
    expect(internal('ignore', SILENT).refusal).toBe(480)
    expect(internal('ignore', BUSY).refusal).toBe(486)
  })

  it('differs from the line’s only where the rule says that the caller could notice', () => {
    for (const [, , action] of ownerSays) {
      const differs = JSON.stringify(plan(action)) !== JSON.stringify(plan({ kind: 'take' }))
      expect(differs).toBe(isNoticeable(action))
    }
  })
})
