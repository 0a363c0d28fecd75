import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readWav } from '../../src/media/wav/read-wav.ts'
import type { NetworkNamespace } from './network-namespace.ts'
import { type Background, eventually, readied, run, start } from './processes.ts'
import type { Spoken } from './speech.ts'

/** A desk phone: baresip without a sound card, speaking a file and recording what it hears. */
export interface Baresip extends AsyncDisposable {
  readonly process: Background
  /** A command of its menu: `dial sip:…`, `hangup`, `sndcode 5` … */
  command(command: string, params?: string): Promise<void>
  /** Resolves at the next incoming call. */
  incoming(): Promise<unknown>
  /** The WAV file of what it heard in its last call, once that is over: only then its header says how long it is. */
  heard(): Promise<string>
}

/** Where a phone registers, and as whom. */
export interface PhoneAccount {
  readonly user: string
  readonly password: string
  /** Host and port of the machine. */
  readonly server: string
}

export interface BaresipOptions {
  readonly namespace: NetworkNamespace
  readonly address: string
  /** What the phone says. Pad it: the end of its file ends the call. */
  readonly says: Spoken
  /** Parameters of the account line: `;transport=tcp`. */
  readonly uriParams?: string
  /** It speaks only this; G.711 unless given. */
  readonly codec?: 'G722' | 'opus'
  /** It signals by TLS, to servers whose certificate this root (PEM, in a file) has signed, and has only sound that is encrypted by SDES. */
  readonly secure?: { readonly rootFile: string }
  /** It registers, and waits for commands when it is called. Without one it registers nowhere. */
  readonly account?: PhoneAccount
}

/** Of a phone at this address: several may be in one namespace. */
const controlPort = (address: string) => 4400 + Number(address.split('.').at(-1))

export async function startBaresip(options: BaresipOptions): Promise<Baresip> {
  const { namespace, address, codec } = options
  const folder = mkdtempSync(join(tmpdir(), 'baresip-'))
  mkdirSync(join(folder, 'rec'))
  writeFileSync(join(folder, 'contacts'), '')
  writeFileSync(join(folder, 'accounts'), `${accountLine(options)};audio_codecs=${CODECS[codec ?? 'G711']}\n`)
  writeFileSync(join(folder, 'config'), config(folder, address, options.says, codec, options.secure))
  const process = start('ip', ['netns', 'exec', namespace.name, 'baresip', '-f', folder, '-v', '-s'])
  await readied(process, process.until(options.account ? /200 OK.*\[1 binding\]/i : /baresip is ready/i))
  return {
    process,
    incoming: () => process.next(/incoming call from/i),
    heard: () =>
      eventually(async () => {
        const files = readdirSync(join(folder, 'rec')).filter((name) => name.endsWith('dec.wav'))
        const last = join(folder, 'rec', files.sort().at(-1) ?? '')
        return readWav(readFileSync(last)).samples.length > 0 && last
      }),
    async command(command, params = '') {
      const json = JSON.stringify({ command, params, token: '1' })
      // The control port is inside the namespace: a small Node process there passes the netstring on.
      const script = `const s=require('net').connect(${controlPort(address)},'127.0.0.1',()=>s.write(process.argv[1]));s.on('data',()=>s.end());s.on('error',e=>{console.error(e.message);process.exit(1)})`
      await run('ip', [
        'netns',
        'exec',
        namespace.name,
        globalThis.process.execPath,
        '-e',
        script,
        `${Buffer.byteLength(json)}:${json},`,
      ])
    },
    [Symbol.asyncDispose]: async () => void (await process.stop()),
  }
}

function accountLine({ address, uriParams = '', secure, account }: BaresipOptions): string {
  const uri = (user: string, host: string) =>
    `<sip:${user}@${host}${uriParams}${secure ? ';transport=tls>;mediaenc=srtp-mand' : '>'}`
  if (!account) return `${uri('desk', address)};regint=0`
  const { user, password, server } = account
  return `${uri(user, server)};auth_user=${user};auth_pass=${password};regint=600;answermode=manual`
}

/** As an account names them: with the rate and the channels of the sound itself. */
const CODECS = { G711: 'PCMU/8000/1,PCMA/8000/1', G722: 'G722/16000/1', opus: 'opus/48000/2' }

function config(
  folder: string,
  address: string,
  says: Spoken,
  codec: BaresipOptions['codec'],
  secure: BaresipOptions['secure'],
): string {
  const rate = codec ? 16_000 : 8000
  return `
poll_method epoll
sip_listen ${address}:5060
${secure ? `sip_cafile ${secure.rootFile}\nsip_verify_server yes\n` : ''}net_interface lo
call_local_timeout 120
call_max_calls 4
audio_player aubridge,nil
audio_source aufile,${codec ? says.wide : says.wav}
audio_alert aubridge,alert
ausrc_srate ${rate}
auplay_srate ${rate}
ausrc_channels 1
auplay_channels 1
audio_txmode poll
audio_level no
ausrc_format s16
auplay_format s16
auenc_format s16
audec_format s16
audio_buffer 20-160
rtp_ports 10000-20000
rtcp_enable yes
rtcp_mux no
jitter_buffer_delay 5-10
module_path /usr/lib/baresip/modules
module ${codec ? codec.toLowerCase() : 'g711'}.so
${secure ? 'module srtp.so\n' : ''}module sndfile.so
module aufile.so
module aubridge.so
module_tmp uuid.so
module_tmp account.so
module_app contact.so
module_app debug_cmd.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${controlPort(address)}
snd_path ${folder}/rec
menu_bell no
`
}
