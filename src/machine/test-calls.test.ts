import { expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { parseMessage } from '../sip/message/parse.ts'
import type { ServerTransaction } from '../sip/transaction/layer.ts'
import { createTestCalls } from './test-calls.ts'

const MINUTE_MS = 60_000

function setUp() {
  const clock = fakeClock()
  const calls = createTestCalls({ clock, random: seededRandom(1) })
  calls.invite('hash', { lineId: '1', lineName: 'home', expiresAt: clock.now() + 15 * MINUTE_MS })
  return { clock, calls }
}

/** Asks the guard; what it answered with, or `passed`. */
function ask(calls: ReturnType<typeof createTestCalls>, account: string, start: string, header = 'X: y') {
  const [method = ''] = start.split(' ')
  const parsed = parseMessage(
    Buffer.from(
      `${start} SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:home@b>\r\nCall-ID: 1\r\nCSeq: 1 ${method}\r\n${header}\r\nContent-Length: 0\r\n\r\n`,
    ),
    'datagram',
  )
  if (!parsed.ok || parsed.message.kind !== 'request') throw new Error('broken test')
  let answered: number | 'passed' = 'passed'
  const answer: ServerTransaction['respond'] = ({ status }) => {
    answered = status
  }
  const request = { ...parsed.message, source: { account } } as ServerTransaction['request']
  const passed = calls.guard({
    request,
    respond: answer,
    dismiss: (response) => response && answer(response),
  })
  expect(passed).toBe(answered === 'passed')
  return answered
}

it('lets who has a link in once, and tells nobody why another is not', () => {
  const { calls, clock } = setUp()
  expect(calls.find('other')).toBeUndefined()
  expect(calls.find('hash')).toMatchObject({ lineName: 'home' })
  const account = calls.enter('hash')
  expect(calls.isTestCaller(account)).toBe(true)
  expect([calls.find('hash'), calls.enter('hash'), calls.enter('other')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  calls.invite('late', { lineId: '1', lineName: 'home', expiresAt: clock.now() + MINUTE_MS })
  clock.jump(MINUTE_MS)
  expect([calls.find('late'), calls.enter('late')]).toEqual([undefined, undefined])
})

it('takes one INVITE to the one line, and nothing else', () => {
  const { calls } = setUp()
  const account = calls.enter('hash') ?? ''
  for (const method of ['REGISTER', 'SUBSCRIBE', 'OPTIONS', 'MESSAGE', 'REFER'])
    expect(ask(calls, account, `${method} sip:home@b`)).toBe(403)
  expect(ask(calls, account, 'INVITE sip:office@b')).toBe(403)
  for (const header of ['Replaces: 1;to-tag=2;from-tag=3', 'Join: 1;to-tag=2;from-tag=3'])
    expect(ask(calls, account, 'INVITE sip:home@b', header)).toBe(403)
  expect(ask(calls, account, 'INVITE sip:home@b')).toBe('passed')
  expect(ask(calls, account, 'INVITE sip:home@b')).toBe(403)
  expect(calls.lineOf(account)).toBe('1')
  expect(calls.isTestCaller('user:ada')).toBe(false)
})

it('remembers a bounded number of links', () => {
  const { calls, clock } = setUp()
  for (let place = 0; place < 100; place++)
    calls.invite(`${place}`, { lineId: '1', lineName: 'home', expiresAt: clock.now() + MINUTE_MS })
  expect(calls.find('hash')).toBeUndefined()
  expect(calls.find('99')).toBeDefined()
})
