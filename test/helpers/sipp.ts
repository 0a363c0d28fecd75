import { createSocket } from 'node:dgram'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyTone } from './key-tone.ts'
import { type Background, start } from './processes.ts'
import type { Spoken } from './speech.ts'

const SCENARIOS = join(import.meta.dirname, '../peers/sipp')

/** SIPp sends events as 96, whatever is offered. */
const EVENTS = 'm=audio [media_port] RTP/AVP 0 96\na=rtpmap:96 telephone-event/8000\na=fmtp:96 0-16'
const PLAIN = 'm=audio [rtpstream_audio_port] RTP/AVP 0'

/** What a telephone that presses keys in one way offers, and what it does. */
const PRESSES = {
  event: { sound: EVENTS, act: '<nop><action><exec play_dtmf="5"/></action></nop>' },
  tone: { sound: PLAIN, act: '<nop><action><exec rtp_stream="key.ulaw,1,0"/></action></nop>' },
  info: {
    sound: PLAIN,
    act: `<send retrans="500"><![CDATA[

INFO [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
[routes]
From: "Alice" <sip:alice@[local_ip]:[local_port]>;tag=[pid]SIPpTag[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 INFO
Content-Type: application/dtmf-relay
Content-Length: [len]

Signal=5
Duration=160

]]></send>
<recv response="200"/>`,
  },
} as const

/** A key held for 200 ms, in silence. */
function toneOf(key: string): Buffer {
  const tone = keyTone(key)
  const silence = Buffer.alloc(160, 0xff)
  return Buffer.concat(
    Array.from({ length: 50 }, (_, packet) => (packet >= 15 && packet < 25 ? tone(packet) : silence)),
  )
}

export interface SippCall {
  readonly to: { readonly host: string; readonly port: number }
  /** The user part that is called. */
  readonly user: string
  readonly scenario: 'caller-spoken' | 'caller-dtmf' | 'caller-key' | 'caller-named' | 'watch-calls'
  readonly transport?: 'udp' | 'tcp'
  readonly spoken?: Spoken
  /** Replaces the scenario's pauses, in ms: first before speaking, then while speaking. */
  readonly pauses?: Readonly<Record<string, string>>
  /** Header lines of `caller-named`. */
  readonly headers?: readonly string[]
  /** How `caller-key` presses 5; so it calls itself, too. */
  readonly press?: keyof typeof PRESSES
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
  if (call.press) {
    const { sound, act } = PRESSES[call.press]
    scenario = scenario.replace('@SOUND@', () => sound).replace('@PRESS@', () => act)
    scenario = scenario.replaceAll('"Alice"', `"${call.press}"`)
    writeFileSync(join(folder, 'key.ulaw'), toneOf('5'))
  }
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
