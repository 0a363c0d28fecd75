import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

it('switches the machine and do not disturb, each for itself, and notes who did', async () => {
  const ada = await desk.logIn('ada', 'member')
  const ask = async (payload?: object) => {
    const method = payload ? 'PATCH' : 'GET'
    const answer = await desk.api.inject({
      method,
      url: '/api/v1/switches',
      headers: { ...ada },
      ...(payload && { payload }),
    })
    return answer.json()
  }
  const asNew = { machineOn: true, doNotDisturb: false, doNotDisturbUntil: null }
  expect(await ask()).toEqual(asNew)
  expect(await ask({ machineOn: false })).toEqual({ ...asNew, machineOn: false })
  expect(await ask({ doNotDisturb: true })).toEqual({ ...asNew, machineOn: false, doNotDisturb: true })
  const doNotDisturbUntil = new Date(desk.clock.now() + 3600_000).toISOString()
  expect(await ask({ machineOn: true, doNotDisturbUntil })).toEqual({
    ...asNew,
    ...{ doNotDisturb: true, doNotDisturbUntil },
  })
  expect(await ask({ doNotDisturb: false, doNotDisturbUntil })).toMatchObject({ code: 'AP_INPUT_INVALID' })
  const over = new Date(desk.clock.now()).toISOString()
  expect(await ask({ doNotDisturbUntil: over })).toMatchObject({ code: 'AP_INPUT_INVALID' })
  desk.clock.advance(3600_000)
  expect(await ask()).toEqual(asNew)
  const { rows } = await desk.store.audit.list({ limit: 9 })
  expect(rows.map(({ who, act, detail }) => `${who} ${act} ${detail}`).toSorted()).toEqual([
    'user:ada switched do not disturb on',
    `user:ada switched do not disturb on until ${doNotDisturbUntil}`,
    'user:ada switched machine off',
    'user:ada switched machine on',
  ])
})

it('takes no switch that there is not, and says which there are', async () => {
  const answer = await desk.api.inject({
    method: 'PATCH',
    url: '/api/v1/switches',
    headers: desk.asToken,
    payload: { x: 1, machineOn: 'no' },
  })
  expect(answer.json()).toEqual({
    code: 'AP_INPUT_INVALID',
    status: 400,
    message:
      'machineOn: true or false is wanted, not a text; the body: there is no "x" here; known are machineOn, doNotDisturb, doNotDisturbUntil',
  })
})
