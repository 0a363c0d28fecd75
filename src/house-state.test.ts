import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../test/helpers/api-desk.ts'
import { readHouseState } from './house-state.ts'
import { callRow } from './store/contract/sample-rows.contract.ts'
import type { Call } from './store/model.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const NOBODY = { callerNumber: null, callerE164: null, callerName: null }
const said = (words: string | null): Partial<Call> => ({
  gate: { kind: 'name', went: 'passed', name: { takeId: 't', file: 't.wav', durationMs: 900, words } },
})

it.each<[string, Partial<Call>, string | null, string]>([
  ['the name that the owner gave', { callerName: 'A', callerNumber: '+4930', ...said('Bob') }, 'Mum', 'Mum'],
  [
    'the name that comes with the call',
    { callerName: 'A', callerNumber: '+4930', ...said('Bob') },
    null,
    'A',
  ],
  ['what was said at a gate', { callerNumber: '+4930', ...said('Bob Miller') }, null, '“Bob Miller” +4930'],
  ['that alone where the number is withheld', said('Bob Miller'), null, '“Bob Miller”'],
  ['the number', { callerNumber: '+4930', ...said(null) }, null, '+4930'],
  ['nothing', {}, null, ''],
])('tells who called last by %s', async (_, call, contact, told) => {
  await desk.store.calls.add(callRow('c', { ...NOBODY, ...call }))
  const contactOf = () => (contact === null ? null : ({ name: contact } as never))
  const { lastCaller } = await readHouseState(desk.store, { ...desk.machine, contactOf })
  expect(lastCaller).toBe(told)
})
