import { run, start } from './processes.ts'

/**
 * A home behind a router that hides it (nftables masquerade), and a provider on the Internet, each in a network namespace
 * of its own. The router gives SIP another port with each mapping, and audio the port that it comes from.
 */
export interface Nat extends AsyncDisposable {
  readonly home: { readonly netns: string; readonly address: string }
  readonly provider: { readonly netns: string; readonly address: string }
  /** The router's address on the Internet, now. */
  readonly outside: string
  /** The router connects anew: it has another address, and has forgotten every mapping. */
  reconnect(): Promise<void>
  /** How many packets of G.711 have gone out so far, of each stream. */
  voices(): Promise<number[]>
}

/** What a household's router gives a UDP mapping that it has heard of once, or in both directions; many give 30 s and more. */
const MAPPING_SECONDS = 2

const RULES = `
table ip nat {
  chain out {
    type nat hook postrouting priority srcnat;
    oifname wan udp sport 20000-24999 masquerade
    oifname wan meta l4proto udp masquerade to :40000-60000 random
    oifname wan masquerade
  }
}
table ip watch {
  set voices { type inet_service . inet_service; flags dynamic; counter; }
  chain through { type filter hook forward priority 0; iifname lan udp length 180 update @voices { udp sport . udp dport }; }
}
`

/** Builds the three (root only), and removes them at the end of the scope. */
export async function openNat(name: string): Promise<Nat> {
  const [home, router, provider] = ['home', 'router', 'provider'].map((place) => `${name}-${place}`) as [
    string,
    string,
    string,
  ]
  const ip = (...args: string[]) => run('ip', args)
  const inRouter = (...command: string[]) => run('ip', ['netns', 'exec', router, ...command])
  const close = async () => {
    for (const netns of [home, router, provider]) await ip('netns', 'del', netns).catch(() => undefined)
  }
  await close()
  for (const netns of [home, router, provider]) {
    await ip('netns', 'add', netns)
    await ip('-n', netns, 'link', 'set', 'lo', 'up')
  }
  const cable = async (netns: string, address: string, end: string, routersAddress: string) => {
    await ip('-n', netns, 'link', 'add', 'eth', 'type', 'veth', 'peer', 'name', end, 'netns', router)
    await ip('-n', netns, 'addr', 'add', `${address}/24`, 'dev', 'eth')
    await ip('-n', netns, 'link', 'set', 'eth', 'up')
    await ip('-n', router, 'addr', 'add', `${routersAddress}/24`, 'dev', end)
    await ip('-n', router, 'link', 'set', end, 'up')
  }
  await cable(home, '192.168.77.2', 'lan', '192.168.77.1')
  await cable(provider, '203.0.113.1', 'wan', '203.0.113.2')
  await ip('-n', home, 'route', 'add', 'default', 'via', '192.168.77.1')

  const nft = start('ip', ['netns', 'exec', router, 'nft', '-f', '-'])
  nft.child.stdin?.end(RULES)
  if ((await nft.ended) !== 0) throw new Error(`nft: ${nft.output()}`)
  const settings = {
    'net/ipv4/ip_forward': 1,
    'net/netfilter/nf_conntrack_udp_timeout': MAPPING_SECONDS,
    'net/netfilter/nf_conntrack_udp_timeout_stream': MAPPING_SECONDS,
  }
  const writes = Object.entries(settings).map(([key, value]) => `echo ${value} > /proc/sys/${key}`)
  await inRouter('sh', '-ec', writes.join('; '))
  let host = 2
  return {
    home: { netns: home, address: '192.168.77.2' },
    provider: { netns: provider, address: '203.0.113.1' },
    get outside() {
      return `203.0.113.${host}`
    },
    async reconnect() {
      await ip('-n', router, 'addr', 'del', `203.0.113.${host}/24`, 'dev', 'wan')
      host++
      await ip('-n', router, 'addr', 'add', `203.0.113.${host}/24`, 'dev', 'wan')
    },
    async voices() {
      const text = await inRouter('nft', 'list', 'set', 'ip', 'watch', 'voices')
      return [...text.matchAll(/packets (\d+)/g)].map(([, packets]) => Number(packets))
    },
    [Symbol.asyncDispose]: close,
  }
}
