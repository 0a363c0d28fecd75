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
