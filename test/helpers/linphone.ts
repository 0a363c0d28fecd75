import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NetworkNamespace } from './network-namespace.ts'
import { type Background, start } from './processes.ts'
import type { Spoken } from './speech.ts'

/** Another desk phone: linphonec, driven by commands on its standard input. */
export interface Linphone extends AsyncDisposable {
  readonly process: Background
  call(uri: string): void
  /** Says its sentence from the beginning. */
  speak(): void
  terminate(): void
}

/** Starts the phone. It registers nowhere: the transport stands in the URI that is called. */
export async function startLinphone(options: {
  readonly namespace: NetworkNamespace
  readonly says: Spoken
}): Promise<Linphone> {
  const home = mkdtempSync(join(tmpdir(), 'linphone-'))
  mkdirSync(join(home, '.local/share/linphone'), { recursive: true })
  const process = start('ip', ['netns', 'exec', options.namespace.name, 'linphonec'], {
    cwd: home,
    env: { ...globalThis.process.env, HOME: home },
  })
  await process.until(/linphonec>/)
  process.say('soundcard use files')
  return {
    process,
    call: (uri) => process.say(`call ${uri}`),
    speak: () => process.say(`play ${options.says.wav}`),
    terminate: () => process.say('terminate'),
    async [Symbol.asyncDispose]() {
      process.say('quit')
      await process.stop()
    },
  }
}
