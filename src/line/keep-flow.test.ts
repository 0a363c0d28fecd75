import { describe, expect, it } from 'vitest'
import { ALICE, MACHINE } from '../../test/helpers/endpoint-pair.ts'
import { always, leave, named, registeringLine as scene } from '../../test/helpers/registering-line.ts'

describe('the flow of a registration', () => {
  it('keeps to the Flow-Timer of a registrar that keeps its flow (RFC 5626 §4.4.1)', async () => {
    const { clock, line, network } = scene({
      transport: 'tcp',
      headers: () => [
        ['Require', 'outbound'],
        ['Flow-Timer', '10'],
      ],
    })
    const pings = () => network.trace.filter(({ text }) => text === '\r\n\r\n').length
    await clock.advanceAsync(28_000)
    expect(pings()).toBe(3)
    expect(line.way?.byFlow).toBe(true)
    await leave(line, clock)
  })

  it('keeps a flow over UDP by STUN: silence there, or another place, is a flow that has failed (RFC 5626 §4.4.2)', async () => {
    let seen: { address: string; port: number } | undefined = { address: ALICE, port: 5060 }
    const asked: string[] = []
    const { clock, heard, told, line, network } = scene({
      headers: () => [['Require', 'outbound']],
      async askStun({ address, port }) {
        asked.push(`${address}:${port}`)
        return seen
      },
    })
    await clock.advanceAsync(50)
    const registers = heard.length
    await clock.advanceAsync(40_000)
    expect(asked).toEqual([`${MACHINE}:5060`, `${MACHINE}:5060`])
    expect(network.trace.filter(({ text }) => text === '\r\n\r\n')).toEqual([])
    expect(heard).toHaveLength(registers)
    seen = { address: '203.0.113.5', port: 40_404 }
    await clock.advanceAsync(20_100)
    // At once; and back when the registrar's answer says otherwise.
    const moved = heard.slice(registers).map((request) => named(request, 'Contact'))
    expect(moved[0]).toContain('@203.0.113.5:40404>')
    seen = undefined
    await clock.advanceAsync(20_000)
    expect(told.at(-1)).toContain('AP_REGISTRAR_SILENT')
    await clock.advanceAsync(10_000)
    expect(told.at(-1)).toMatch(/^registered/)
    await leave(line, clock)
  })

  it('registers without a flow where somebody on the way can not keep one (439, RFC 5626 §6)', async () => {
    const { clock, heard, told, line } = scene({
      answer: (transaction) =>
        named(transaction.request, 'Contact')?.includes('reg-id') === true && always(439)(transaction),
    })
    await clock.advanceAsync(50)
    expect(told.at(-1)).toMatch(/^registered/)
    expect(named(heard.at(-1), 'Contact')).not.toContain('reg-id')
    expect(named(heard.at(-1), 'Supported')).toBe('path')
    expect(line.way?.byFlow).toBe(false)
    await leave(line, clock)
  })

  it('takes its own expiry among those of the account’s other devices, known by its instance (RFC 5626 §4.1)', async () => {
    let contact = ''
    const { clock, heard, line } = scene({
      answer(transaction) {
        contact = named(transaction.request, 'Contact') ?? ''
        return false
      },
      headers: () => [
        ['Contact', '<sip:030123@192.0.2.77:5060>;expires=30'],
        // Behind a NAT some registrars write the address that they see.
        ['Contact', `${contact.replace(/@[^>]+>/, '@203.0.113.9:1024>')};expires=300`],
        ['Contact', '<sip:030123@192.0.2.78:5060>;+sip.instance="<urn:uuid:other>";expires=40'],
      ],
    })
    await clock.advanceAsync(50)
    const before = heard.length
    await clock.advanceAsync(200_000)
    expect(heard).toHaveLength(before)
    await clock.advanceAsync(60_000)
    expect(heard.length).toBeGreaterThan(before)
    await leave(line, clock)
  })
})
