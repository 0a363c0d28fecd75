import { expect, it } from 'vitest'
import { accountText, baresipAccount, isLoopback, phoneAccount } from './phone-account.ts'

const everywhere = { host: null, port: 5060, transports: ['UDP', 'TCP'] }

it('sends phones where the page is, if the machine listens everywhere', () => {
  expect(phoneAccount([everywhere], 'answerphone.lan', 'kitchen', 'abcd-efgh')).toEqual({
    server: 'answerphone.lan',
    port: '5060',
    user: 'kitchen',
    password: 'abcd-efgh',
    transport: 'UDP / TCP',
  })
  expect(phoneAccount([everywhere], '[2001:db8::7]', 'k', '').server).toBe('2001:db8::7')
})

it('sends phones where SIP is, if it has an address of its own, and rather to one that the house reaches', () => {
  const loopback = { host: '127.0.0.1', port: 5070, transports: ['UDP'] }
  const own = { host: '192.0.2.7', port: 5080, transports: ['UDP'] }
  expect(phoneAccount([loopback, own], 'x', 'k', '')).toMatchObject({ server: '192.0.2.7', port: '5080' })
  expect(phoneAccount([loopback], 'x', 'k', '')).toMatchObject({ server: '127.0.0.1', port: '5070' })
  expect(phoneAccount([], 'x', 'k', '')).toMatchObject({ server: 'x', port: '5060', transport: '' })
})

it('is text of one setting a line', () => {
  const names = { server: 'Server', port: 'Port', user: 'User', password: 'Password', transport: 'Transport' }
  expect(accountText(phoneAccount([], 'x', 'kitchen', 'abcd'), names)).toBe(
    'Server: x\nPort: 5060\nUser: kitchen\nPassword: abcd',
  )
})

it('knows where no other phone comes', () => {
  expect(['localhost', '127.0.0.1', '[::1]', '::1'].every(isLoopback)).toBe(true)
  expect(['192.168.1.2', 'answerphone.lan', '::12'].some(isLoopback)).toBe(false)
})

it('writes a line for the accounts file of baresip', () => {
  const account = {
    server: '192.0.2.1',
    port: '5060',
    user: 'study',
    password: 'ab-cd',
    transport: 'TCP / UDP',
  }
  expect(baresipAccount(account)).toBe('<sip:study@192.0.2.1:5060;transport=udp>;auth_pass=ab-cd')
  expect(baresipAccount({ ...account, server: '2001:db8::7', transport: 'TCP' })).toBe(
    '<sip:study@[2001:db8::7]:5060;transport=tcp>;auth_pass=ab-cd',
  )
})
