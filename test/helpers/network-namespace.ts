import { run } from './processes.ts'

/** A private network of this machine's own, for phones that refuse a 127.x address of their own. */
export interface NetworkNamespace extends AsyncDisposable {
  readonly name: string
  /** 10.99.0.1 to 10.99.0.6, all on its loopback interface. */
  address(host: 1 | 2 | 3 | 4 | 5 | 6): string
}

/** Makes a network namespace (root only) and removes it, with everything in it, at the end of the scope. */
export async function openNamespace(name: string): Promise<NetworkNamespace> {
  const close = () =>
    run('ip', ['netns', 'del', name]).then(
      () => undefined,
      () => undefined,
    )
  await close()
  await run('ip', ['netns', 'add', name])
  await run('ip', ['-n', name, 'link', 'set', 'lo', 'up'])
  const address = (host: number) => `10.99.0.${host}`
  for (let host = 1; host <= 6; host++)
    await run('ip', ['-n', name, 'addr', 'add', `${address(host)}/32`, 'dev', 'lo'])
  return { name, address, [Symbol.asyncDispose]: close }
}

/** Another host, with a cable to this machine and to nothing else. */
export interface Neighbour extends AsyncDisposable {
  readonly name: string
  /** Its address, and ours toward it. */
  readonly theirs: string
  readonly ours: string
}

/** Makes a neighbour (root only), and removes it and the cable at the end of the scope. */
export async function openNeighbour(name: string): Promise<Neighbour> {
  const [ours, theirs] = ['10.99.7.1', '10.99.7.2']
  const ip = (...args: string[]) => run('ip', args)
  const close = () => ip('netns', 'del', name).then(ignore, ignore)
  await close()
  await ip('netns', 'add', name)
  // The cable ends with the namespace that one end of it is in.
  await ip('link', 'add', `${name}-0`, 'type', 'veth', 'peer', 'name', 'cable', 'netns', name)
  await ip('addr', 'add', `${ours}/30`, 'dev', `${name}-0`)
  await ip('link', 'set', `${name}-0`, 'up')
  await ip('-n', name, 'addr', 'add', `${theirs}/30`, 'dev', 'cable')
  for (const device of ['lo', 'cable']) await ip('-n', name, 'link', 'set', device, 'up')
  return { name, ours, theirs, [Symbol.asyncDispose]: close }
}

const ignore = () => undefined
