import { existsSync } from 'node:fs'
import ipaddr from 'ipaddr.js'
import type { Config } from '../../config.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { isHiddenFrom, isInside } from '../../shared/named-address.ts'
import { ownAddresses } from '../../shared/own-addresses.ts'
import type { Line, Registration } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { type Finding, ok, warn } from './finding.ts'

export interface Surroundings {
  readonly addresses: readonly string[]
  readonly isContainer: boolean
}

/** Where this process is. */
export function lookAround({ sip }: Pick<Config, 'sip'>): Surroundings {
  return {
    addresses: ownAddresses(sip.map(({ host }) => host)),
    // Docker's mark, and Podman's.
    isContainer: ['/.dockerenv', '/run/.containerenv'].some((mark) => existsSync(mark)),
  }
}

/** Whether those who call can send their sound to the address that they are told. */
export async function checkAddress(
  store: Pick<Store, 'lines' | 'registrations'>,
  { publicAddress, stunServer }: Pick<Config, 'publicAddress' | 'stunServer'>,
  { addresses, isContainer }: Surroundings,
): Promise<Finding[]> {
  if (publicAddress !== undefined) return [ok(`those outside are told the address ${publicAddress}`)]
  if (stunServer) return [ok(`those outside are told the address that ${stunServer.host} sees`)]
  const [ours] = addresses
  if (ours === undefined || !addresses.every(isInside)) return []
  if (isContainer)
    return [
      warn(
        `callers are told ${ours}, which is an address within this container`,
        "Give the container its host's network (Docker: --network host), or publish its ports and name the host's address with --public-address.",
      ),
    ]
  const [lines, registrations] = await Promise.all([store.lines.list(), store.registrations.list()])
  return lines.flatMap((line) => {
    const registration = registrations.find(({ lineId }) => lineId === line.id)
    const peer = peersOf(line, registration).find((address) => isHiddenFrom(address, ours))
    if (peer === undefined || registration?.publicAddress != null) return []
    const hidden = new AnswerphoneError('AP_ADDRESS_HIDDEN', { peer, address: ours })
    return [warn(`line ${line.name}: AP_ADDRESS_HIDDEN`, hidden.message)]
  })
}

/** Addresses from which a line is called, as far as they are known. */
function peersOf({ trunk }: Line, registration: Registration | undefined): string[] {
  const registrar = /^\w+ \[?([^\]]+?)\]?:\d+$/.exec(registration?.server ?? '')?.[1]
  const peers = [...trunk.map((block) => block.replace(/\/.*$/, '')), ...(registrar ? [registrar] : [])]
  return peers.filter((peer) => ipaddr.isValid(peer))
}
