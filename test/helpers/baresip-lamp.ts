import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NetworkNamespace } from './network-namespace.ts'
import { type Background, start } from './processes.ts'

/** A desk phone that has a message lamp and nothing else: baresip with its MWI module, which says what the lamp shows. */
export interface BaresipLamp extends AsyncDisposable {
  readonly process: Background
  /** How often it was told, and the newest summary: `yes 1/0`. */
  readonly told: number
  readonly shown: string | undefined
}

export interface BaresipLampOptions {
  readonly namespace: NetworkNamespace
  readonly address: string
  /** Host and port of the machine. */
  readonly server: string
  readonly user: string
  readonly password: string
}

/** Starts the phone; it registers by digest, and then subscribes. */
export async function startBaresipLamp(options: BaresipLampOptions): Promise<BaresipLamp> {
  const { namespace, address, server, user, password } = options
  const folder = mkdtempSync(join(tmpdir(), 'baresip-'))
  writeFileSync(join(folder, 'contacts'), '')
  writeFileSync(join(folder, 'accounts'), `<sip:${user}@${server}>;auth_pass=${password};regint=60;mwi=yes\n`)
  writeFileSync(
    join(folder, 'config'),
    `
poll_method epoll
sip_listen ${address}:5060
net_interface lo
module_path /usr/lib/baresip/modules
module g711.so
module_tmp uuid.so
module_tmp account.so
module_app contact.so
module_app menu.so
module_app mwi.so
`,
  )
  const process = start('ip', ['netns', 'exec', namespace.name, 'baresip', '-f', folder, '-v', '-s'])
  await process.until(/baresip is ready/i)
  const summaries = () =>
    [...process.output().matchAll(SUMMARY)].map(([, waiting, counts]) => `${waiting} ${counts}`)
  return {
    process,
    get told() {
      return summaries().length
    },
    get shown() {
      return summaries().at(-1)
    },
    [Symbol.asyncDispose]: async () => void (await process.stop()),
  }
}

/** What it prints of a NOTIFY within its subscription; the message itself, which it traces, has no such line before it. */
const SUMMARY =
  /----- MWI for [^\n]* -----\s+Messages-Waiting: (\w+)\s+(?:Message-Account: \S+\s+)?Voice-Message: (\d+\/\d+) \(0\/0\)/g
