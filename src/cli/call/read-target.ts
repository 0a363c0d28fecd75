import { isIP } from 'node:net'
import { parseSipUri } from '../../sip/index.ts'

export type CallTransport = 'udp' | 'tcp' | 'tls'

/** Whom to call, as far as a URI says it. */
export interface Target {
  readonly user: string
  readonly to?: { readonly host: string; readonly port: number }
  readonly transport?: CallTransport
}

/**
 * A line's name or number, or a SIP URI with an address: `sip:home@192.0.2.7:5061;transport=tls`, `sips:home@[2001:db8::7]`.
 * Undefined for a URI that can't be called.
 */
export function readTarget(text: string): Target | undefined {
  if (!/^sips?:/i.test(text)) return { user: text }
  const uri = parseSipUri(text)
  if (uri?.user === undefined || isIP(uri.host) === 0) return undefined
  const named = uri.params.get('transport')?.toLowerCase()
  const transport = uri.scheme === 'sips' ? 'tls' : (named ?? 'udp')
  if (transport !== 'udp' && transport !== 'tcp' && transport !== 'tls') return undefined
  return {
    user: uri.user,
    to: { host: uri.host, port: uri.port ?? (transport === 'tls' ? 5061 : 5060) },
    transport,
  }
}
