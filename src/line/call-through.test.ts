import { expect, it } from 'vitest'
import { callThrough } from './call-through.ts'

const account = {
  registrar: 'sip:provider.example:5070;transport=tcp',
  user: '030123',
  authUser: null as string | null,
  password: 'secret',
  outboundProxy: null,
  expirySeconds: 600,
}
const way = {
  to: { transport: 'tcp', address: '192.0.2.7', port: 5070, flow: 'f1' } as const,
  alternatives: [{ transport: 'tcp', address: '192.0.2.8', port: 5070 }] as const,
  routes: ['<sip:edge.example;lr>'],
  byFlow: true,
}

it('calls at the domain of the account, as who is registered, the way of the registration (RFC 3325 §9.2, RFC 3608 §6.1)', () => {
  expect(callThrough(account, way, '+49301234')).toEqual({
    uri: 'sip:+49301234@provider.example:5070',
    ...way,
    from: { displayName: undefined, uri: 'sip:030123@provider.example', params: new Map() },
    headers: [['P-Preferred-Identity', '<sip:030123@provider.example>']],
    credentials: { user: '030123', password: 'secret' },
  })
})

it('logs in by the name that the provider has for that', () => {
  expect(callThrough({ ...account, authUser: 'login' }, way, '1').credentials).toEqual({
    user: 'login',
    password: 'secret',
  })
})
