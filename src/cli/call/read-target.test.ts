import { expect, it } from 'vitest'
import { readTarget } from './read-target.ts'

it.each([
  ['home', { user: 'home' }],
  ['+4930123', { user: '+4930123' }],
  ['sip:home@192.0.2.7', { user: 'home', to: { host: '192.0.2.7', port: 5060 }, transport: 'udp' }],
  [
    'sip:home@192.0.2.7:5062;transport=TCP',
    { user: 'home', to: { host: '192.0.2.7', port: 5062 }, transport: 'tcp' },
  ],
  [
    'sip:home@192.0.2.7;transport=tls',
    { user: 'home', to: { host: '192.0.2.7', port: 5061 }, transport: 'tls' },
  ],
  ['sips:home@[2001:db8::7]', { user: 'home', to: { host: '2001:db8::7', port: 5061 }, transport: 'tls' }],
  ['sip:192.0.2.7', undefined],
  ['sip:home@example.com', undefined],
  ['sip:home@192.0.2.7;transport=pigeon', undefined],
])('reads %s', (text, target) => {
  expect(readTarget(text)).toEqual(target)
})
