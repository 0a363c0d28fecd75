import { existsSync } from 'node:fs'
import ipaddr from 'ipaddr.js'
import { isHiddenFrom, isInside } from '../shared/named-address.ts'
import { ownAddresses } from '../shared/own-addresses.ts'
import type { Line, Registration } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import { type Finding, ok, warn } from './finding.ts'
import type { Setup } from './setup.ts'

export interface Surroundings {
  readonly addresses: readonly string[]
  readonly isContainer: boolean
}

/** Where this process is. */
export function lookAround({ sip }: Pick<Setup, 'sip'>): Surroundings {
  return {
    addresses: ownAddresses(sip.map(({ host }) => host)),
    // Docker's mark, and Podman's.
    isContainer: ['/.dockerenv', '/run/.containerenv'].some((mark) => existsSync(mark)),
  }
}

/** Whether those who call can send their sound to the address that they are told. */
export async function checkAddress(
  store: Pick<Store, 'lines' | 'registrations'>,
  { publicAddress, stunServer }: Pick<Setup, 'publicAddress' | 'stunServer'>,
  { addresses, isContainer }: Surroundings,
): Promise<Finding[]> {
  if (publicAddress !== undefined)
    return [
      ok(
        'address',
        `those outside are told the address ${publicAddress}`,
        `wer draußen ist, bekommt die Adresse ${publicAddress} genannt`,
      ),
    ]
  if (stunServer)
    return [
      ok(
        'address',
        `those outside are told the address that ${stunServer.host} sees`,
        `wer draußen ist, bekommt die Adresse genannt, die ${stunServer.host} sieht`,
      ),
    ]
  const [ours] = addresses
  if (ours === undefined || !addresses.every(isInside)) return []
  if (isContainer) return [inContainer(ours)]
  const [lines, registrations] = await Promise.all([store.lines.list(), store.registrations.list()])
  return lines.flatMap((line) => {
    const registration = registrations.find(({ lineId }) => lineId === line.id)
    const peer = peersOf(line, registration).find((address) => isHiddenFrom(address, ours))
    if (peer === undefined || registration?.publicAddress != null) return []
    return [hidden(line.name, peer, ours)]
  })
}

const inContainer = (address: string) =>
  warn('address', {
    code: 'AP_ADDRESS_IN_CONTAINER',
    details: { address },
    what: {
      en: `callers are told ${address}, an address within this container`,
      de: `Anrufer bekommen ${address} genannt, eine Adresse innerhalb dieses Containers`,
    },
    de: 'Geben Sie dem Container das Netz seines Wirts (Docker: --network host), oder veröffentlichen Sie seine Ports und nennen Sie mit --public-address die Adresse des Wirts.',
  })

const hidden = (line: string, peer: string, address: string) =>
  warn('address', {
    code: 'AP_ADDRESS_HIDDEN',
    details: { peer, address },
    what: {
      en: `line ${line}: callers from ${peer} can't send their sound here`,
      de: `Leitung ${line}: Anrufer von ${peer} können ihren Ton nicht hierher schicken`,
    },
    de: `Ihnen wird ${address} genannt, was von außen niemand erreicht. Nennen Sie mit --public-address die Adresse, die die Welt sieht; in einem Container zu Hause die seines Wirts.`,
  })

/** Addresses from which a line is called, as far as they are known. */
function peersOf({ trunk }: Line, registration: Registration | undefined): string[] {
  const registrar = /^\w+ \[?([^\]]+?)\]?:\d+$/.exec(registration?.server ?? '')?.[1]
  const peers = [...trunk.map((block) => block.replace(/\/.*$/, '')), ...(registrar ? [registrar] : [])]
  return peers.filter((peer) => ipaddr.isValid(peer))
}
