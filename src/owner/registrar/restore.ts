import { parseNameAddress } from '../../sip/message/name-address.ts'
import type { Destination, Source, TransportName } from '../../sip/transport/transport.ts'
import type { HeldBinding } from './binding.ts'
import type { StoredBinding } from './binding-store.ts'
import { connectTo } from './connect-to.ts'
import { hopFrom, LIMITS } from './read-register.ts'

export function toStored(binding: HeldBinding): StoredBinding {
  const { phone, contact, source, routes, callId, cseq, q, expiresAt, instance, regId, userAgent } = binding
  const { transport, address, port, local } = source
  return {
    phone,
    contact,
    transport,
    address,
    port,
    localAddress: local.address,
    localPort: local.port,
    path: routes,
    callId,
    cseq,
    q,
    expiresAt,
    instance,
    regId,
    userAgent,
  }
}

/**
 * A binding from before a restart; undefined when it has lapsed, or when nothing leads there any more. Over UDP, and by
 * way of a proxy, all is as it was. A connection of the phone's went down with us: its binding is kept only where the
 * contact itself can be connected to, which is when it names the very address that the connection came from (no NAT
 * between us). Other phones notice the broken connection and register again; so do browsers, who can't be connected to.
 */
export function restore(
  stored: StoredBinding,
  now: { readonly at: number; readonly wallTime: number },
): HeldBinding | undefined {
  const { phone, contact, callId, cseq, q, instance, regId, userAgent, path } = stored
  // A clock that jumped must not make a binding last for ever.
  const leftMs = Math.min(stored.expiresAt - now.wallTime, LIMITS.longestSeconds * 1000)
  const source: Source = {
    transport: stored.transport as TransportName,
    address: stored.address,
    port: stored.port,
    local: { address: stored.localAddress, port: stored.localPort },
  }
  const to = leftMs > 0 ? wayTo(contact, path, source) : undefined
  if (!to) return undefined
  return {
    phone,
    contact,
    to,
    routes: path,
    q,
    expiresAt: now.wallTime + leftMs,
    userAgent,
    instance,
    regId,
    callId,
    cseq,
    source,
    direct: path.length === 0,
    deadline: now.at + leftMs,
  }
}

function wayTo(contact: string, path: readonly string[], source: Source): Destination | undefined {
  const peer = { source, sentBy: undefined }
  const [first] = path
  if (first !== undefined) {
    const to = hopFrom(parseNameAddress(first)?.uri ?? '', peer)
    return to !== source || source.transport === 'udp' ? to : undefined
  }
  return source.transport === 'udp' ? source : connectTo(contact, source)
}
