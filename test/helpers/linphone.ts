import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PhoneAccount } from './baresip.ts'
import type { NetworkNamespace } from './network-namespace.ts'
import { type Background, readied, start } from './processes.ts'
import type { Spoken } from './speech.ts'

/** Another desk phone: linphonec, driven by commands on its standard input. */
export interface Linphone extends AsyncDisposable {
  readonly process: Background
  call(uri: string): void
  /** Says its sentence from the beginning. */
  speak(): void
  terminate(): void
  /** Resolves at the next incoming call. */
  incoming(): Promise<unknown>
  answer(): void
  /** Records what it hears of the call into this file. */
  record(wav: string): void
}

/**
 * Starts the phone. Without an account it registers nowhere: the transport stands in the URI that is called. With one it
 * begins to register and does not tell when it has: ask the machine (`registered`).
 */
export async function startLinphone(options: {
  /** Where it runs; without one, beside the test. */
  readonly namespace?: NetworkNamespace
  readonly says?: Spoken
  readonly account?: PhoneAccount
  /** Where it fetches its account when it starts ("remote provisioning"). */
  readonly accountUrl?: string
  /** Its SIP port, on all addresses of the namespace; 5060 unless given. */
  readonly port?: number
}): Promise<Linphone> {
  const home = mkdtempSync(join(tmpdir(), 'linphone-'))
  mkdirSync(join(home, '.local/share/linphone'), { recursive: true })
  const port = options.port ?? 5060
  const fetched = options.accountUrl === undefined ? '' : `[misc]\nconfig-uri=${options.accountUrl}\n`
  writeFileSync(
    join(home, '.linphonerc'),
    `[sip]\nsip_port=${port}\nsip_tcp_port=${port}\nsip_tls_port=0\n${fetched}`,
  )
  const inside = options.namespace ? ['ip', 'netns', 'exec', options.namespace.name] : []
  const [program = 'linphonec', ...flags] = [...inside, 'linphonec']
  const process = start(program, flags, { cwd: home, env: { ...globalThis.process.env, HOME: home } })
  await readied(process, process.until(/linphonec>/))
  process.say('soundcard use files')
  if (options.account) {
    const { user, password, server } = options.account
    process.say(`register sip:${user}@${server} sip:${server} ${password}`)
  }
  return {
    process,
    incoming: () => process.next(/incoming call/i),
    answer: () => process.say('answer'),
    record: (wav) => process.say(`record ${wav}`),
    call: (uri) => process.say(`call ${uri}`),
    speak: () => process.say(`play ${options.says?.wav}`),
    terminate: () => process.say('terminate'),
    async [Symbol.asyncDispose]() {
      process.say('quit')
      await process.stop()
    },
  }
}
