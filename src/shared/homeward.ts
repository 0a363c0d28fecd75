/** Where media is to go. */
interface Target {
  readonly address: string
  readonly port: number
}

/**
 * A call of ours may come back to us: one of our lines calls another through a provider. What its session description names
 * is then our own address as the world sees it, and few NATs turn packets round to where they came from (RFC 4787 §6). Such
 * media stays in the house. Somebody else behind the same NAT has the same address, but none of our ports.
 *
 * @param localAt the address at which a session of ours has this port
 */
export function homeward<Flow extends { readonly remote?: Target }>(
  flow: Flow,
  publicAddress: string | undefined,
  localAt: (port: number) => string | undefined,
): Flow {
  const { remote } = flow
  if (!remote || publicAddress === undefined || remote.address !== publicAddress) return flow
  const address = localAt(remote.port)
  return address === undefined ? flow : { ...flow, remote: { ...remote, address } }
}
