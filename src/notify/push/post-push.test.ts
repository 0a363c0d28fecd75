import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { reachingAgent } from '../../shared/reach.ts'
import { outcomeOf, type PushOrder, postPush } from './post-push.ts'
import { readOrMakeVapidKeys } from './vapid-keys.ts'

it.each([
  [201, 'taken'],
  [202, 'taken'],
  [404, 'gone'],
  [410, 'gone'],
  [429, 'later'],
  [503, 'later'],
  [301, 'refused'],
  [400, 'refused'],
  [403, 'refused'],
  [413, 'refused'],
])('takes %i of a push service as %s (RFC 8030)', (status, kind) => expect(outcomeOf(status).kind).toBe(kind))

it.each([
  ['https://127.0.0.1:1/x', '127.0.0.1 is no public address'],
  ['http://push.example/x', 'it is no https URL'],
])('does not call %s, and encrypts nothing for it', async (endpoint, why) => {
  const reach = { kind: 'public' } as const
  const tools = { reach, agent: reachingAgent(reach), clock: fakeClock() }
  expect(await postPush({ endpoint } as PushOrder, tools)).toEqual({ kind: 'refused', why })
})

it('makes the machine’s keys once, and keeps them for its own eyes (RFC 8292 §3.2)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'answerphone-vapid-'))
  const file = join(folder, 'secrets', 'push.json')
  expect(existsSync(file)).toBe(false)
  const made = await readOrMakeVapidKeys(file)
  expect(Buffer.from(made.publicKey, 'base64url')).toHaveLength(65)
  expect(Buffer.from(made.privateKey, 'base64url')).toHaveLength(32)
  expect(await readOrMakeVapidKeys(file)).toEqual(made)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  rmSync(folder, { recursive: true })
})
