import type { Config } from '../config.ts'
import { findRunning } from '../running.ts'
import { bracketed } from '../shared/bracketed.ts'
import { ownAddress } from './own-address.ts'

/**
 * Where phones reach SIP, as their settings want it: `192.0.2.2:5060 (UDP or TCP)`. As the machine on this data
 * directory listens, or as it would.
 */
export async function sipServers(data: string, { sip }: Pick<Config, 'sip'>): Promise<string[]> {
  const running = await findRunning(data)
  const places =
    running?.sip.map(({ transport, address, port }) => ({ transport, host: address, port })) ??
    sip.flatMap(({ host, port }) => ['udp', 'tcp'].map((transport) => ({ transport, host, port })))
  const byPlace = Map.groupBy(places, ({ host, port }) => {
    const reached = host === '0.0.0.0' || host === '::' ? ownAddress(host === '::' ? 'IPv6' : 'IPv4') : host
    return `${bracketed(reached)}:${port}`
  })
  return [...byPlace].map(([place, ways]) => {
    const transports = new Set(ways.map(({ transport }) => transport.toUpperCase()))
    return `${place} (${[...transports].join(' or ')})`
  })
}
