import { expect, it } from 'vitest'
import { explainMailFailure } from './explain-mail-failure.ts'

const at = { host: 'mail.example.org', port: 587, security: 'starttls' } as const

it.each([
  ['AP_MAIL_UNREACHABLE', { code: 'EDNS', message: 'getaddrinfo ENOTFOUND mail.example.org' }],
  ['AP_MAIL_UNREACHABLE', { code: 'ESOCKET', message: 'connect ECONNREFUSED 192.0.2.1:587' }],
  ['AP_MAIL_UNREACHABLE', { code: 'EPROTOCOL', message: 'Invalid greeting', response: 'HTTP/1.1 400' }],
  ['AP_MAIL_TOO_SLOW', { code: 'ETIMEDOUT', message: 'Greeting never received' }],
  ['AP_MAIL_UNSAFE', { code: 'ETLS', message: 'Error upgrading connection with STARTTLS' }],
  ['AP_MAIL_UNSAFE', { code: 'ESOCKET', message: 'self-signed certificate in certificate chain' }],
  ['AP_MAIL_UNSAFE', { code: 'ESOCKET', message: '80:error:SSL routines:wrong version number' }],
  ['AP_MAIL_LOGIN_REFUSED', { code: 'EAUTH', responseCode: 535, response: '535 5.7.8 no' }],
  ['AP_MAIL_LOGIN_REFUSED', { code: 'EENVELOPE', responseCode: 530, response: '530 5.7.0 log in first' }],
  ['AP_MAIL_DEFERRED', { code: 'EAUTH', responseCode: 454, response: '454 4.7.0 not now' }],
  ['AP_MAIL_DEFERRED', { code: 'EENVELOPE', responseCode: 451, response: '451 greylisted' }],
  ['AP_MAIL_DEFERRED', { code: 'EPROTOCOL', responseCode: 421, response: '421 busy' }],
  ['AP_MAIL_TOO_LARGE', { code: 'EMESSAGE', responseCode: 552, response: '552 5.3.4 too big' }],
  ['AP_MAIL_TOO_LARGE', { code: 'EMESSAGE', message: 'Message size larger than allowed 1000' }],
  ['AP_MAIL_REFUSED', { code: 'EENVELOPE', responseCode: 550, response: '550 5.1.1 no such user' }],
  ['AP_MAIL_REFUSED', { code: 'EMESSAGE', responseCode: 554, response: '554 looks like spam' }],
] as const)('%s: %o', (code, failure) => {
  expect(explainMailFailure(failure, at).code).toBe(code)
})

it('brings the words of the server on one line, and not all of a long speech', () => {
  const response = `550 no\r\n550 \u0007such ${'user '.repeat(200)}`
  const { answer } = explainMailFailure({ code: 'EENVELOPE', responseCode: 550, response }, at).details
  expect(answer).toMatch(/^550 no 550 such user/)
  expect(String(answer).length).toBeLessThanOrEqual(300)
})
