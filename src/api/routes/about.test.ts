import { expect, it } from 'vitest'
import { openApiDesk } from '../../../test/helpers/api-desk.ts'
import { version } from '../../shared/version.ts'

it('says the version, where phones reach SIP, and how much room the disk has', async () => {
  await using desk = await openApiDesk({
    dataDir: import.meta.dirname,
    sipPlaces: () => [
      { transport: 'udp', address: '0.0.0.0', port: 5060 },
      { transport: 'tcp', address: '0.0.0.0', port: 5060 },
      { transport: 'udp', address: '2001:db8::7', port: 5070 },
    ],
  })
  const answer = await desk.api.inject({ url: '/api/v1/about', headers: desk.asToken })
  expect(answer.json()).toEqual({
    version,
    voice: false,
    sip: [
      { host: null, port: 5060, transports: ['UDP', 'TCP'] },
      { host: '2001:db8::7', port: 5070, transports: ['UDP'] },
    ],
    disk: { freeBytes: expect.any(Number), totalBytes: expect.any(Number) },
  })
  expect(answer.json().disk.freeBytes).toBeGreaterThan(0)
})

it('is silent on the disk where the system is', async () => {
  await using desk = await openApiDesk({ dataDir: '/nowhere/at/all' })
  const answer = await desk.api.inject({ url: '/api/v1/about', headers: desk.asToken })
  expect(answer.json()).toMatchObject({ sip: [], disk: null })
})
