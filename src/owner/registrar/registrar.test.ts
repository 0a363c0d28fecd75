import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import {
  type ReceivedParts,
  receivedRequest,
  tcpFrom,
  udpFrom,
} from '../../../test/helpers/received-request.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { silentLog } from '../../shared/log.ts'
import type { SipResponse } from '../../sip/message/message.ts'
import type { BindingStore, StoredBinding } from './binding-store.ts'
import { openRegistrar } from './registrar.ts'

/** A store in memory; while `broken`, each access fails. */
function memoryStore(rows: readonly StoredBinding[] = []) {
  const kept = new Map(rows.map((row) => [`${row.phone} ${row.contact}`, row]))
  const store = { broken: false, accesses: 0, kept }
  const touch = async () => {
    store.accesses++
    if (store.broken) throw new Error('database is locked')
  }
  const binding: BindingStore = {
    async load() {
      await touch()
      return [...kept.values()]
    },
    async save(row) {
      await touch()
      kept.set(`${row.phone} ${row.contact}`, row)
    },
    async remove(phone, contact) {
      await touch()
      kept.delete(`${phone} ${contact}`)
    },
  }
  return Object.assign(store, binding)
}

async function setUp(store = memoryStore(), clock = fakeClock()) {
  const registrar = await openRegistrar({ store, clock, random: seededRandom(1), log: silentLog })
  const changes: string[] = []
  registrar.onChange = (phone, why) => void changes.push(`${phone} ${why}`)
  let cseq = 0
  return {
    registrar,
    store,
    clock,
    changes,
    register(contacts: readonly string[], { user = 'kitchen', ...parts }: ReceivedParts = {}) {
      const responses: SipResponse[] = []
      const lines = [...contacts.map((value) => `Contact: ${value}`), ...(parts.lines ?? [])]
      const request = receivedRequest('REGISTER', { cseq: ++cseq, user, ...parts, lines })
      registrar.register({ request, respond: (response) => void responses.push(response) }, { name: user })
      expect(responses).toHaveLength(1)
      return responses[0]
    },
    contacts: (phone = 'kitchen') => registrar.bindingsOf(phone).map(({ contact }) => contact),
  }
}

describe('the registrar', () => {
  it('answers with a To tag, the bindings, and no Date', async () => {
    const { register, registrar, clock } = await setUp()
    const response = register(['<sip:kitchen@10.0.0.5>'])
    expect(response?.status).toBe(200)
    expect(response?.headers.first('To')).toMatch(/;tag=[0-9a-f]{16}$/)
    expect(response?.headers.first('Contact')).toBe('<sip:kitchen@10.0.0.5>;expires=600')
    expect(response?.headers.has('Date')).toBe(false)
    await registrar.close()
    expect(clock.pending).toBe(0)
  })

  it('tells of each change after its answer, and of what has lapsed', async () => {
    const { register, clock, changes, contacts } = await setUp()
    register(['<sip:a@b>;expires=60', '<sip:c@d>'])
    register(['<sip:a@b>;expires=60'])
    register([])
    register(['<sip:a@b>;expires=10'])
    expect(changes).toEqual(['kitchen registered', 'kitchen refreshed'])
    clock.advance(60_000)
    expect(contacts()).toEqual(['sip:c@d'])
    clock.advance(540_000)
    expect(changes.slice(2)).toEqual(['kitchen gone', 'kitchen gone'])
    expect(clock.pending).toBe(0)
  })

  it('measures by a clock that does not jump', async () => {
    const { register, clock, contacts } = await setUp()
    register(['<sip:a@b>;expires=60'])
    clock.jump(-3_600_000)
    clock.advance(59_000)
    expect(contacts()).toEqual(['sip:a@b'])
    clock.advance(1000)
    expect(contacts()).toEqual([])
  })

  it('knows who is at a source: by port over UDP, by connection over TCP', async () => {
    const { register, registrar } = await setUp()
    register(['<sip:kitchen@10.0.0.5>'], { source: udpFrom('192.0.2.3', 5062) })
    register(['<sip:office@10.0.0.6>'], { user: 'office', source: tcpFrom('192.0.2.3', 'f1') })
    expect(registrar.phoneAt(udpFrom('192.0.2.3', 5062))).toBe('kitchen')
    expect(registrar.phoneAt(udpFrom('192.0.2.3', 5063))).toBeUndefined()
    expect(registrar.phoneAt(tcpFrom('192.0.2.3', 'f1', 50_000))).toBe('office')
    expect(registrar.phoneAt(tcpFrom('192.0.2.3', 'f2'))).toBeUndefined()
    register(['*'], { source: udpFrom('192.0.2.3', 5062), lines: ['Expires: 0'] })
    expect(registrar.phoneAt(udpFrom('192.0.2.3', 5062))).toBeUndefined()
  })

  it('knows two phones that are one device', async () => {
    const { register, registrar } = await setUp()
    register(['<sip:kitchen@10.0.0.5>'])
    register(['<sip:office@10.0.0.5>'], { user: 'office' })
    registrar.forget('kitchen')
    expect(registrar.phoneAt(udpFrom('192.0.2.3'))).toBe('office')
  })

  it('takes nobody for a phone who comes through its proxy', async () => {
    const { register, registrar, contacts } = await setUp()
    register(['<sip:kitchen@10.0.0.5>'], { lines: ['Path: <sip:192.0.2.3;lr>'] })
    expect(contacts()).toHaveLength(1)
    expect(registrar.phoneAt(udpFrom('192.0.2.3'))).toBeUndefined()
  })

  it('lets go of a phone that was removed', async () => {
    const { register, registrar, changes, contacts, store, clock } = await setUp()
    register(['<sip:a@b>', '<sip:c@d>'])
    registrar.forget('kitchen')
    registrar.forget('nobody')
    expect(contacts()).toEqual([])
    expect(changes).toEqual(['kitchen registered', 'kitchen gone'])
    await clock.advanceAsync(0)
    expect(store.kept.size).toBe(0)
    expect(clock.pending).toBe(0)
  })
})

it('lets go of every phone whose connection is closed', async () => {
  const { register, registrar, changes, contacts, clock } = await setUp()
  const source = tcpFrom('203.0.113.7', 'f1')
  register(['<sip:kitchen@10.0.0.5>'], { source })
  register(['<sip:office@10.0.0.5>'], { user: 'office', source })
  register(['<sip:office@10.0.0.6>'], { user: 'office' })
  registrar.disconnected(udpFrom('192.0.2.3'))
  registrar.disconnected(tcpFrom('203.0.113.7', 'f2'))
  registrar.disconnected(source)
  registrar.disconnected(source)
  expect([contacts(), contacts('office')]).toEqual([[], ['sip:office@10.0.0.6']])
  expect(changes.slice(3)).toEqual(['kitchen gone', 'office gone'])
  expect(registrar.phoneAt(source)).toBeUndefined()
  await registrar.close()
  expect(clock.pending).toBe(0)
})

describe('after a restart', () => {
  it('bindings over UDP go on for the rest of their time', async () => {
    const before = await setUp()
    before.register(['<sip:kitchen@10.0.0.5>;q=0.5'], { source: udpFrom('203.0.113.7', 61_000) })
    before.clock.advance(100_000)
    await before.registrar.close()

    const { registrar, register, clock, contacts } = await setUp(before.store, before.clock)
    expect(registrar.bindingsOf('kitchen')).toMatchObject([
      { contact: 'sip:kitchen@10.0.0.5', q: 0.5, to: udpFrom('203.0.113.7', 61_000) },
    ])
    expect(registrar.phoneAt(udpFrom('203.0.113.7', 61_000))).toBe('kitchen')
    expect(register([])?.headers.first('Contact')).toContain('expires=500')
    clock.advance(500_000)
    expect(contacts()).toEqual([])
  })

  it('and so does their order: what was overtaken stays overtaken (RFC 3261 §10.3)', async () => {
    const before = await setUp()
    before.register(['<sip:a@b>'], { cseq: 9 })
    await before.registrar.close()
    const { register } = await setUp(before.store, before.clock)
    expect(register(['<sip:a@b>'], { cseq: 9 })?.status).toBe(500)
  })

  it('what has lapsed meanwhile is removed, and a clock that jumped makes nothing last for ever', async () => {
    const before = await setUp()
    before.register(['<sip:a@b>;expires=60', '<sip:c@d>'])
    await before.registrar.close()
    before.clock.jump(60_000)
    const lapsed = await setUp(before.store, before.clock)
    expect(lapsed.contacts()).toEqual(['sip:c@d'])
    await lapsed.registrar.close()
    expect([...before.store.kept.keys()]).toEqual(['kitchen sip:c@d'])

    before.clock.jump(-10 * 365 * 86_400_000)
    const jumped = await setUp(before.store, before.clock)
    before.clock.advance(3_600_000)
    expect(jumped.contacts()).toEqual([])
  })

  it('a connection is gone: a binding stays only where the contact itself can be connected to', async () => {
    const before = await setUp()
    before.register(['<sip:kitchen@192.0.2.3:5070;transport=tcp>'], { source: tcpFrom('192.0.2.3', 'f1') })
    before.register(['<sip:office@10.0.0.6;transport=tcp>'], {
      user: 'office',
      source: tcpFrom('203.0.113.7', 'f2'),
    })
    await before.registrar.close()
    const { registrar, contacts } = await setUp(before.store, before.clock)
    expect(registrar.bindingsOf('kitchen')[0]?.to).toEqual({
      transport: 'tcp',
      address: '192.0.2.3',
      port: 5070,
      local: { address: '192.0.2.2', port: 5060 },
    })
    expect(contacts('office')).toEqual([])
    await registrar.close()
    expect([...before.store.kept.keys()]).toEqual(['kitchen sip:kitchen@192.0.2.3:5070;transport=tcp'])
  })

  it('a binding through a proxy is reached through it', async () => {
    const before = await setUp()
    const lines = ['Path: <sip:198.51.100.1:5080;transport=tcp;lr>']
    before.register(['<sip:kitchen@10.0.0.5>'], { source: tcpFrom('198.51.100.1', 'f1'), lines })
    await before.registrar.close()
    const { registrar } = await setUp(before.store, before.clock)
    expect(registrar.bindingsOf('kitchen')[0]).toMatchObject({
      to: { transport: 'tcp', address: '198.51.100.1', port: 5080 },
      routes: ['<sip:198.51.100.1:5080;transport=tcp;lr>'],
    })
    expect(registrar.bindingsOf('kitchen')[0]?.to).not.toHaveProperty('flow')
  })
})

describe('a store that is out of order', () => {
  it('never makes a REGISTER fail, and is told the newest once it works again', async () => {
    const { store, register, clock, contacts, registrar } = await setUp()
    store.broken = true
    expect(register(['<sip:a@b>'])?.status).toBe(200)
    expect(register(['<sip:c@d>'])?.status).toBe(200)
    expect(register(['<sip:a@b>;expires=0'])?.status).toBe(200)
    expect(contacts()).toEqual(['sip:c@d'])
    await clock.advanceAsync(120_000)
    const tries = store.accesses
    store.broken = false
    await clock.advanceAsync(60_000)
    expect([...store.kept.keys()]).toEqual(['kitchen sip:c@d'])
    expect(tries).toBeLessThan(12)
    await registrar.close()
    expect(clock.pending).toBe(0)
  })

  it('at the start leaves the house empty, until the phones come again', async () => {
    const store = memoryStore()
    store.broken = true
    const { register, contacts } = await setUp(store)
    expect(contacts()).toEqual([])
    expect(register(['<sip:a@b>'])?.status).toBe(200)
    expect(contacts()).toEqual(['sip:a@b'])
  })

  it('does not hold up the end', async () => {
    const { store, register, registrar, clock } = await setUp()
    store.broken = true
    register(['<sip:a@b>'])
    await registrar.close()
    expect(clock.pending).toBe(0)
  })

  it('keeps one row for a contact that has two flows (RFC 5626 §4.2)', async () => {
    const { store, register, clock } = await setUp()
    const flow = (id: number, more = '') => `<sip:a@b>;+sip.instance="<urn:x>";reg-id=${id}${more}`
    register([flow(1)])
    register([flow(2)])
    register([flow(2, ';expires=0')])
    await clock.advanceAsync(0)
    expect([...store.kept.values()]).toMatchObject([{ regId: 1 }])
  })
})
