import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunningMachine } from './running-machine.ts'

/** Where a machine that was started with `--sips` takes SIP by TLS, and the root that signed its certificate, in a file. */
export async function tlsPlace({ process, data }: RunningMachine) {
  const [, server = ''] = await process.until(/ready .*sips=(\S+:\d+)/, 10_000)
  const { cert } = JSON.parse(readFileSync(join(data, 'secrets/https/root.json'), 'utf8'))
  const rootFile = join(data, 'root.pem')
  writeFileSync(rootFile, cert)
  return { server, rootFile }
}
