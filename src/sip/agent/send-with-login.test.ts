import { expect, it } from 'vitest'
import { endpointPair, MACHINE } from '../../../test/helpers/endpoint-pair.ts'
import { buildResponse } from '../message/build.ts'
import { cseqOf } from '../message/read.ts'
import type { ReceivedRequest } from '../transaction/layer.ts'

const LOGIN = { user: 'alice', password: 'secret' }
const FROM = { displayName: undefined, uri: 'sip:alice@example.com', params: new Map() }

type Answer = readonly [status: number, headers?: readonly (readonly [string, string])[]]

const challenge = (nonce: string, more = ''): readonly [string, string] => [
  'WWW-Authenticate',
  `Digest realm="example.com", nonce="${nonce}", qop="auth", algorithm=MD5${more}`,
]
const proxyChallenge = (nonce: string): readonly [string, string] => [
  'Proxy-Authenticate',
  `Digest realm="proxy.example.com", nonce="${nonce}", algorithm=MD5`,
]

/** Sends a REGISTER to somebody who answers so, one after another; the last answer is for all that follow. */
function send(answers: readonly Answer[], credentials: typeof LOGIN | undefined = LOGIN) {
  const heard: ReceivedRequest[] = []
  const told: string[] = []
  const pair = endpointPair({
    machine: { methods: ['REGISTER'] },
    guard(transaction) {
      const { request } = transaction
      const [status, headers] = answers[Math.min(heard.length, answers.length - 1)] ?? [200]
      heard.push(request)
      transaction.respond(buildResponse(request, status, { toTag: 'x', ...(headers && { headers }) }))
      return false
    },
  })
  pair.alice.request(
    {
      method: 'REGISTER',
      uri: 'sip:example.com',
      toUri: 'sip:alice@example.com',
      from: FROM,
      to: { transport: 'udp', address: MACHINE, port: 5060 },
      ...(credentials && { credentials }),
    },
    { onFinal: ({ status }) => told.push(`final ${status}`) },
  )
  pair.clock.advance(100)
  const named = (at: number, name: string) => heard[at]?.headers.first(name)
  return { ...pair, heard, told, named }
}

it('RFC 3261 §22.2: proves who it is when it is asked, and reports what comes of it', () => {
  const { heard, told, named } = send([[401, [challenge('n1')]], [200]])
  expect(told).toEqual(['final 200'])
  expect(named(0, 'Authorization')).toBeUndefined()
  expect(named(1, 'Authorization')).toMatch(/username="alice".*nonce="n1".*uri="sip:example\.com"/)
  expect(named(1, 'Call-ID')).toBe(named(0, 'Call-ID'))
  expect(named(1, 'From')).toBe(named(0, 'From'))
  expect(heard.map((request) => cseqOf(request)?.number)).toEqual([1, 2])
})

it('§22.3: answers a proxy and the registrar behind it', () => {
  const { told, named } = send([[407, [proxyChallenge('p')]], [401, [challenge('n')]], [200]])
  expect(told).toEqual(['final 200'])
  expect(named(2, 'Proxy-Authorization')).toContain('nonce="p"')
  expect(named(2, 'Authorization')).toContain('nonce="n"')
})

it('does not insist where its answer was refused', () => {
  const { heard, told } = send([[401, [challenge('n')]]])
  expect(heard).toHaveLength(2)
  expect(told).toEqual(['final 401'])
})

it('RFC 7616 §3.3: answers once more where only the nonce was too old, but not for ever', () => {
  const { told, named } = send([[401, [challenge('n1')]], [401, [challenge('n2', ', stale=true')]], [200]])
  expect(told).toEqual(['final 200'])
  expect(named(2, 'Authorization')).toContain('nonce="n2"')
  const forEver = send([[401, [challenge('n', ', stale=true')]]])
  expect(forEver.heard).toHaveLength(5)
  expect(forEver.told).toEqual(['final 401'])
})

it('reports a challenge that it can not answer', () => {
  const unknown = send([[401, [['WWW-Authenticate', 'Bearer realm="x"']]]])
  expect([unknown.heard.length, unknown.told]).toEqual([1, ['final 401']])
})
