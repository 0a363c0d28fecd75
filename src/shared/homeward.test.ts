import { expect, it } from 'vitest'
import { homeward } from './homeward.ts'

const localAt = (port: number) => (port === 20_000 ? '192.168.1.10' : undefined)
const to = (address: string, port = 20_000) => ({
  codec: 'PCMU',
  remote: { address, port, rtcpPort: port + 1 },
})

it('keeps media in the house that would leave it only to come back (RFC 4787 §6)', () => {
  expect(homeward(to('203.0.113.5'), '203.0.113.5', localAt)).toEqual(to('192.168.1.10'))
})

it.each([
  ['somebody else', to('203.0.113.6'), '203.0.113.5'],
  ['somebody else behind the same NAT', to('203.0.113.5', 30_000), '203.0.113.5'],
  ['nobody who is known to be behind one', to('203.0.113.5'), undefined],
])('leaves media as it is to %s', (_who, flow, publicAddress) => {
  expect(homeward(flow, publicAddress, localAt)).toBe(flow)
})

it('leaves media as it is that goes nowhere', () => {
  const nowhere: { readonly remote?: { readonly address: string; readonly port: number } } = {}
  expect(homeward(nowhere, '203.0.113.5', localAt)).toBe(nowhere)
})
