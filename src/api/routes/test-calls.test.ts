import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const make = async (payload: object, headers: Record<string, string> = desk.asToken) =>
  await desk.api.inject({ method: 'POST', url: '/api/v1/test-calls', payload, headers })
const visit = async (token: string) =>
  await desk.api.inject({ method: 'POST', url: '/api/v1/test-calls/visit', payload: { token } })

it('an owner makes a link that says its line to whoever has it, until it expires', async () => {
  const made = await make({ line: 'home', minutes: 2 })
  expect(made.statusCode).toBe(201)
  const { url, line } = made.json() as { url: string; line: string }
  expect(line).toBe('home')
  const token = new URL(url).hash.slice(1)
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect((await visit(token)).json()).toMatchObject({ line: 'home' })
  desk.clock.jump(120_000)
  const late = await visit(token)
  expect([late.statusCode, late.json()]).toEqual([410, (await visit('guess')).json()])
  expect(late.json()).toMatchObject({ code: 'AP_TEST_CALL_OVER' })
})

it('is no business of members and strangers, and calls no line that is not there', async () => {
  expect((await make({ line: 'home' }, await desk.logIn('max', 'member'))).statusCode).toBe(403)
  expect((await make({ line: 'home' }, {})).statusCode).toBe(401)
  expect((await make({ line: 'attic' })).statusCode).toBe(404)
  expect((await make({ line: 'home', minutes: 0 })).statusCode).toBe(400)
})

it('slows down who guesses', async () => {
  const statuses: number[] = []
  for (let guess = 0; guess < 8; guess++) statuses.push((await visit(`guess ${guess}`)).statusCode)
  expect(statuses.slice(0, 5)).toEqual([410, 410, 410, 410, 410])
  expect(statuses.at(-1)).toBe(429)
})
