import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { keepNameRecords } from './keep-name-records.ts'
import { locate } from './locate.ts'
import type { NameRecords, NaptrRecord, SrvRecord } from './name-records.ts'
import { inOrder } from './order-srv.ts'

interface Zone {
  readonly naptr?: Readonly<Record<string, readonly NaptrRecord[]>>
  readonly srv?: Readonly<Record<string, readonly SrvRecord[]>>
  readonly addresses?: Readonly<Record<string, readonly string[]>>
}

const zoneOf = ({ naptr = {}, srv = {}, addresses = {} }: Zone): NameRecords => ({
  naptr: async (name) => naptr[name] ?? [],
  srv: async (name) => srv[name] ?? [],
  addresses: async (name) => addresses[name] ?? [],
})

const srv = (name: string, port = 5060, priority = 10, weight = 0): SrvRecord => ({
  name,
  port,
  priority,
  weight,
})
const naptr = (order: number, service: string, replacement: string): NaptrRecord => ({
  order,
  preference: 0,
  service,
  replacement,
})

const ZONE: Zone = {
  naptr: {
    'full.example': [
      naptr(20, 'SIP+D2U', '_sip._udp.full.example'),
      naptr(10, 'SIPS+D2T', '_sips._tcp.full.example'),
      naptr(5, 'E2U+sip', 'nothing.example'),
    ],
  },
  srv: {
    '_sip._udp.full.example': [srv('b.full.example', 5070, 20), srv('a.full.example', 5060, 10)],
    '_sips._tcp.full.example': [srv('a.full.example', 5061)],
    '_sip._udp.plain.example': [srv('a.full.example', 5080)],
    '_sip._tcp.plain.example': [srv('b.full.example', 5081)],
    '_sip._udp.none.example': [srv('.', 0)],
  },
  addresses: {
    'a.full.example': ['192.0.2.1', '2001:db8::1'],
    'b.full.example': ['192.0.2.2'],
    'bare.example': ['192.0.2.3'],
    'none.example': ['192.0.2.4'],
  },
}

const found = async (uri: string) =>
  (await locate(uri, { records: zoneOf(ZONE), random: seededRandom() })).map(
    ({ transport, address, port, host }) => [transport, address, port, host].filter(Boolean).join(' '),
  )

describe('RFC 3263 §4', () => {
  it.each([
    ['a number is taken at its word', 'sip:192.0.2.9', ['udp 192.0.2.9 5060']],
    ['with its port', 'sip:192.0.2.9:5070;transport=tcp', ['tcp 192.0.2.9 5070']],
    ['IPv6', 'sip:[2001:db8::7];transport=tls', ['tls 2001:db8::7 5061 2001:db8::7']],
    ['sips is TLS', 'sips:192.0.2.9;transport=tcp', ['tls 192.0.2.9 5061 192.0.2.9']],
    [
      'a port leaves the SRV records aside',
      'sip:a.full.example:5090',
      ['udp 192.0.2.1 5090', 'udp 2001:db8::1 5090'],
    ],
    [
      'NAPTR says which, in its order; SRV by priority',
      'sip:full.example',
      [
        'tls 192.0.2.1 5061 full.example',
        'tls 2001:db8::1 5061 full.example',
        'udp 192.0.2.1 5060',
        'udp 2001:db8::1 5060',
        'udp 192.0.2.2 5070',
      ],
    ],
    [
      'sips takes what has TLS',
      'sips:full.example',
      ['tls 192.0.2.1 5061 full.example', 'tls 2001:db8::1 5061 full.example'],
    ],
    ['a transport is kept to', 'sip:plain.example;transport=tcp', ['tcp 192.0.2.2 5081']],
    [
      'without NAPTR, SRV of each',
      'sip:plain.example',
      ['udp 192.0.2.1 5080', 'udp 2001:db8::1 5080', 'tcp 192.0.2.2 5081'],
    ],
    ['without SRV, addresses', 'sip:bare.example', ['udp 192.0.2.3 5060']],
    ['without SRV, addresses, by TLS', 'sip:bare.example;transport=tls', ['tls 192.0.2.3 5061 bare.example']],
    ['a root target is none', 'sip:none.example', ['udp 192.0.2.4 5060']],
    ['a name that is not there', 'sip:gone.example', []],
    ['no transport of ours', 'sip:bare.example;transport=sctp', []],
    ['no SIP URI', 'tel:+49301', []],
  ])('%s: %s', async (_what, uri, places) => {
    expect(await found(uri)).toEqual(places)
  })
})

it('goes by addresses where the name server chokes on all other questions', async () => {
  const chokes = async () => Promise.reject(new Error('ETIMEOUT'))
  const box = { naptr: chokes, srv: chokes, addresses: async () => ['192.168.178.1'] }
  const tools = { records: box, random: seededRandom() }
  expect(await locate('sip:fritz.box', tools)).toEqual([
    { transport: 'udp', address: '192.168.178.1', port: 5060 },
  ])
  await expect(locate('sip:fritz.box', { ...tools, records: { ...box, addresses: chokes } })).rejects.toThrow(
    'ETIMEOUT',
  )
})

it('goes by the servers that can be looked up, and never out of TLS', async () => {
  const chokes = async () => Promise.reject(new Error('ESERVFAIL'))
  const records: NameRecords = {
    naptr: async () => [],
    srv: async (name) => (name.startsWith('_sip._udp') ? [srv('broken.example'), srv('fine.example')] : []),
    addresses: async (name) => (name === 'broken.example' ? chokes() : ['192.0.2.8']),
  }
  const random = seededRandom()
  expect(await locate('sip:x.example', { records, random })).toEqual([
    { transport: 'udp', address: '192.0.2.8', port: 5060 },
  ])
  const safe = { ...records, naptr: async () => [naptr(1, 'SIPS+D2T', '_sips._tcp.x.example')], srv: chokes }
  expect(await locate('sip:x.example', { records: safe, random })).toMatchObject([{ transport: 'tls' }])
})

describe('RFC 2782', () => {
  it('the heavier comes first more often, and each comes once', () => {
    const random = seededRandom(7)
    const records = [
      srv('light', 1, 1, 10),
      srv('heavy', 1, 1, 90),
      srv('none', 1, 1, 0),
      srv('later', 1, 2, 0),
    ]
    const firsts = Array.from({ length: 1000 }, () => {
      const order = inOrder(records, random).map(({ name }) => name)
      expect(order.toSorted()).toEqual(['heavy', 'later', 'light', 'none'])
      expect(order.at(-1)).toBe('later')
      return order[0]
    })
    const share = (name: string) => firsts.filter((first) => first === name).length / 1000
    expect(share('heavy')).toBeCloseTo(0.89, 1)
    expect(share('light')).toBeCloseTo(0.1, 1)
  })
})

describe('names', () => {
  it('are asked for once a minute, and outlive their servers', async () => {
    const clock = fakeClock()
    let says: readonly string[] | 'silent' = ['192.0.2.1']
    let asked = 0
    const records = keepNameRecords(
      {
        ...zoneOf({}),
        async addresses() {
          asked++
          if (says === 'silent') throw Object.assign(new Error('ESERVFAIL'), { code: 'ESERVFAIL' })
          return says
        },
      },
      clock,
    )
    expect(await records.addresses('Box.example')).toEqual(['192.0.2.1'])
    expect(await records.addresses('box.example')).toEqual(['192.0.2.1'])
    expect(asked).toBe(1)
    says = 'silent'
    clock.advance(3_600_000)
    expect(await records.addresses('box.example')).toEqual(['192.0.2.1'])
    await expect(records.addresses('other.example')).rejects.toThrow('ESERVFAIL')
    says = []
    expect(await records.addresses('box.example')).toEqual([])
    says = 'silent'
    clock.advance(60_000)
    expect(await records.addresses('box.example')).toEqual([])
  })
})
