import { lookup as lookUp } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'
import { isPublic } from '../../shared/reach.ts'

/**
 * Where a webhook may go. Its owner names the URL, and means her home as often as the Internet: Home Assistant is a private
 * address, Node-RED perhaps this very machine. So those are called, but never what only a trick would want: the machine's
 * own ports, which trust what comes from this host, and where clouds keep the keys of their machines.
 */
export interface HookReach {
  /** Only the public Internet, for who runs machines for strangers. */
  readonly publicOnly: boolean
  /** Where this machine listens itself. */
  readonly ownPorts: readonly number[]
}

/** Kinds of addresses, as ipaddr.js names them, at which somebody may wait for a webhook. Link-local is not among them. */
const CALLED: ReadonlySet<string> = new Set([
  'unicast',
  'private',
  'uniqueLocal',
  'loopback',
  'carrierGradeNat',
])

/** Where clouds answer their machines' questions for keys, outside the link-local networks. */
const METADATA: ReadonlySet<string> = new Set([
  'fd00:ec2::254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
])

/** Why this address is not called; null: it is. */
export function whyOutOfReach(
  address: string,
  port: number,
  { publicOnly, ownPorts }: HookReach,
  own: () => readonly string[] = ownAddresses,
): string | null {
  if (!ipaddr.isValid(address)) return `${address} is no address`
  const parsed = ipaddr.process(address)
  const plain = parsed.toString()
  if (publicOnly && !isPublic(address)) return `${plain} is no public address`
  if (!CALLED.has(parsed.range()) || METADATA.has(plain)) return `${plain} is no place for a receiver`
  if (!ownPorts.includes(port)) return null
  return parsed.range() === 'loopback' || own().includes(plain) ? 'that is the machine itself' : null
}

const ownAddresses = () =>
  Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))

/** Why this URL is not called, where that can be told by its letters; a name is looked up when it is. */
export function whyNotHooked(url: string, reach: HookReach): string | null {
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') return 'it is no http or https URL'
  if (parsed.username !== '' || parsed.password !== '') return 'it has a password in it'
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 ? null : whyOutOfReach(host, portOf(parsed), reach)
}

export const portOf = ({ port, protocol }: URL) => Number(port) || (protocol === 'https:' ? 443 : 80)

/** Looks names up, and gives only addresses within reach: what is looked up is what is called (no DNS rebinding). */
export function reachingLookup(
  port: number,
  reach: HookReach,
  resolve: typeof lookUp = lookUp,
): LookupFunction {
  return (host, options, found) =>
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return found(error, '')
      const allowed = addresses.filter(({ address }) => whyOutOfReach(address, port, reach) === null)
      const [first] = allowed
      if (!first) {
        const why = whyOutOfReach(addresses[0]?.address ?? '', port, reach)
        return found(new Error(`${host} is not called: ${why}`), '')
      }
      if (options.all) found(null, allowed)
      else found(null, first.address, first.family)
    })
}
