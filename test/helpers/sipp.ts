import { createSocket } from 'node:dgram'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Background, start } from './processes.ts'
import type { Spoken } from './speech.ts'

const SCENARIOS = join(import.meta.dirname, '../peers/sipp')

export interface SippCall {
  readonly to: { readonly host: string; readonly port: number }
  /** The user part that is called. */
  readonly user: string
  readonly scenario: 'caller-spoken' | 'caller-dtmf' | 'caller-named' | 'watch-calls'
  readonly transport?: 'udp' | 'tcp'
  readonly spoken?: Spoken
  /** Replaces the scenario's pauses, in ms: first before speaking, then while speaking. */
  readonly pauses?: Readonly<Record<string, string>>
  /** Header lines of `caller-named`. */
  readonly headers?: readonly string[]
  readonly calls?: number
  /** Answers challenges, by MD5. */
  readonly credentials?: { readonly user: string; readonly password: string }
  /** Local address; default: that of the machine that is called. */
  readonly from?: string
  /** The network namespace that it calls from, where no port is anybody else's. */
  readonly netns?: string
}

/** Calls with SIPp, the load generator that telephony engineers use. It runs in a folder of its own. */
export async function sippCall(call: SippCall): Promise<Background> {
  const folder = mkdtempSync(join(tmpdir(), 'sipp-'))
  let scenario = readFileSync(join(SCENARIOS, `${call.scenario}.xml`), 'utf8')
  for (const [from, to] of Object.entries(call.pauses ?? {})) scenario = scenario.replaceAll(from, to)
  scenario = scenario.replace('@HEADERS@', () => (call.headers ?? []).join('\n'))
  writeFileSync(join(folder, 'scenario.xml'), scenario)
  if (call.spoken) cpSync(call.spoken.ulaw, join(folder, 'caller.ulaw'))
  const host = call.from ?? call.to.host
  // Whether a port is free in there can't be asked from here; the loopback's are as good a guess.
  const port = async () => String(await freePort(call.netns === undefined ? host : '127.0.0.1'))
  const remote = `${call.to.host.includes(':') ? `[${call.to.host}]` : call.to.host}:${call.to.port}`
  const { user, password } = call.credentials ?? {}
  const args = [
    remote,
    ...['-sf', 'scenario.xml', '-s', call.user, '-i', host, '-p', await port()],
    ...['-mp', await port(), '-m', String(call.calls ?? 1), '-l', String(call.calls ?? 1)],
    ...(user && password ? ['-au', user, '-ap', password, '-auth_uri', `${call.user}@${remote}`] : []),
    ...['-t', call.transport === 'tcp' ? 't1' : 'u1', '-nostdin', '-trace_err', '-error_file', 'errors.log'],
  ]
  const [program = 'sipp', ...inside] = call.netns ? ['ip', 'netns', 'exec', call.netns, 'sipp'] : ['sipp']
  return start(program, [...inside, ...args], { cwd: folder })
}

/**
 * Plays a provider for one registration of `vm` with the password `secret`: checks its digest, then calls the Contact
 * and speaks.
 */
export async function sippProvider(provider: {
  readonly port: number
  readonly transport: 'udp' | 'tcp'
  readonly spoken: Spoken
}): Promise<Background> {
  const folder = mkdtempSync(join(tmpdir(), 'sipp-'))
  cpSync(join(SCENARIOS, 'provider.xml'), join(folder, 'scenario.xml'))
  cpSync(provider.spoken.ulaw, join(folder, 'caller.ulaw'))
  const host = '127.0.0.1'
  return start(
    'sipp',
    [
      ...[
        '-sf',
        'scenario.xml',
        '-i',
        host,
        '-p',
        String(provider.port),
        '-mp',
        String(await freePort(host)),
      ],
      ...['-m', '1', '-t', provider.transport === 'tcp' ? 't1' : 'u1', '-nostdin'],
      ...['-trace_err', '-error_file', 'errors.log'],
    ],
    { cwd: folder },
  )
}

/** Is called, and lets something be heard before it answers: reliably, with the answer to the offer (RFC 3262). */
export async function sippCalledEarly(called: {
  readonly host: string
  readonly port: number
  readonly spoken: Spoken
}): Promise<Background> {
  const folder = mkdtempSync(join(tmpdir(), 'sipp-'))
  cpSync(join(SCENARIOS, 'called-early.xml'), join(folder, 'scenario.xml'))
  cpSync(called.spoken.ulaw, join(folder, 'caller.ulaw'))
  const media = String(await freePort(called.host))
  const place = ['-i', called.host, '-p', String(called.port), '-mp', media]
  const files = ['-trace_err', '-error_file', 'errors.log']
  return start('sipp', ['-sf', 'scenario.xml', ...place, '-m', '1', '-t', 'u1', '-nostdin', ...files], {
    cwd: folder,
  })
}

/** A port that was free a moment ago. */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.once('error', reject)
    socket.bind(0, host, () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })
}
