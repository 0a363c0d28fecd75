import { describe, expect, it } from 'vitest'
import { AnswerphoneError } from '../../shared/errors.ts'
import { openPair } from './open-pair.ts'
import type { Transport } from './transport.ts'

/** UDP takes one port after the other; TCP finds those taken that are. */
function system(taken: (port: number) => boolean) {
  const open = new Set<string>()
  let next = 5000
  const place = (name: string, port: number): Transport => {
    open.add(`${name} ${port}`)
    const close = async () => void open.delete(`${name} ${port}`)
    return { local: { address: '127.0.0.1', port }, close } as unknown as Transport
  }
  return {
    open,
    udp: async (port: number) => place('udp', port === 0 ? next++ : port),
    async tcp(port: number) {
      if (taken(port))
        throw new AnswerphoneError('AP_SIP_PORT_IN_USE', { protocol: 'TCP', address: '127.0.0.1', port })
      return place('tcp', port)
    },
  }
}

describe('UDP and TCP on one port', () => {
  it('take another where the system chooses and that of TCP is taken', async () => {
    const { open, udp, tcp } = system((port) => port < 5003)
    await openPair(0, udp, tcp)
    expect([...open]).toEqual(['udp 5003', 'tcp 5003'])
  })

  it('are refused where the owner has chosen, or none is free, and leave nothing open', async () => {
    const { open, udp, tcp } = system(() => true)
    await expect(openPair(5060, udp, tcp)).rejects.toMatchObject({ code: 'AP_SIP_PORT_IN_USE' })
    await expect(openPair(0, udp, tcp)).rejects.toMatchObject({ code: 'AP_SIP_PORT_IN_USE' })
    expect([...open]).toEqual([])
  })
})
