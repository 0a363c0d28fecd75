import { isIP } from 'node:net'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { findRunning } from '../running.ts'
import { systemClock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { readKept } from '../shared/kept.ts'
import { systemRandom } from '../shared/random.ts'
import { systemAuthorities } from '../sip/transport/tls.ts'
import { isAnyAddress } from '../sip/transport/transport.ts'
import { placeCall } from './call/place-call.ts'
import { type CallTransport, readTarget } from './call/read-target.ts'
import { prepareSpeech } from './call/speech.ts'

interface Options {
  readonly data: string
  readonly say?: string
  readonly file?: string
  readonly from: string
  readonly name?: string
  readonly tcp?: boolean
  readonly tls?: boolean
  readonly srtp?: boolean
  readonly to?: { readonly host: string; readonly port: number }
}

/** `answerphone call LINE`: a test caller, so that the machine can be tried without an account anywhere. */
export function callCommand(): Command {
  return new Command('call')
    .description('call a line as a test caller: wait for the beep, leave a message, hang up')
    .argument(
      '<line>',
      'name or number of the line, or a SIP URI with an address, like sip:home@192.0.2.7:5061;transport=tls',
    )
    .option('--say <text>', 'what to say (spoken by flite, espeak-ng or say)')
    .option('--file <wav>', 'a WAV file to play instead')
    .option('--from <number>', 'the number to call from', '+4930123456')
    .option('--name <name>', 'the name to call from')
    .option(
      '--to <host:port>',
      'where the machine listens; default: the one that runs on this data directory',
      hostPort,
    )
    .option('--tcp', 'over TCP instead of UDP')
    .option('--tls', 'over TLS (see `serve --sips`); the authority of this data directory is trusted, too')
    .option('--srtp', 'with encrypted sound, or not at all')
    .action(async (line: string, _options, command: Command) =>
      call(line, command.optsWithGlobals<Options>()),
    )
}

async function call(line: string, options: Options): Promise<void> {
  const target = readTarget(line)
  if (!target)
    throw new AnswerphoneError('AP_INPUT_INVALID', {
      what: `"${line}" can't be called. Write it like home, sip:home@192.0.2.7 or sips:home@192.0.2.7:5061.`,
    })
  const speech = await prepareSpeech(options)
  const transport = target.transport ?? (options.tls ? 'tls' : options.tcp ? 'tcp' : 'udp')
  const { host, port } = target.to ?? options.to ?? (await whereItListens(options.data, transport))
  const root = transport === 'tls' ? await readKept<{ cert: string }>(rootFile(options.data)) : undefined
  console.log(`calling ${target.user} at ${host}:${port} …`)
  await placeCall({
    host,
    port,
    transport,
    srtp: options.srtp === true,
    ...(root && { authorities: [...systemAuthorities(), root.cert] }),
    user: target.user,
    from: { number: options.from, name: options.name },
    localAddress: host.includes(':') ? '::1' : /^127\./.test(host) ? '127.0.0.1' : host,
    speech,
    clock: systemClock,
    random: systemRandom,
    tell: (what) => console.log(what),
  })
}

async function whereItListens(
  data: string,
  transport: CallTransport,
): Promise<{ host: string; port: number }> {
  const running = await findRunning(data)
  const local = running?.sip.find((one) => one.transport === transport)
  if (!running) throw new AnswerphoneError('AP_NOT_RUNNING', { data })
  if (!local)
    throw new AnswerphoneError('AP_INPUT_INVALID', {
      what: `The machine does not listen over ${transport}. For TLS start it with --sips 0.0.0.0:5061.`,
    })
  if (!isAnyAddress(local.address)) return { host: local.address, port: local.port }
  return { host: local.address.includes(':') ? '::1' : '127.0.0.1', port: local.port }
}

/** The authority that this machine has made itself (src/api/tls/generated-certificate.ts). */
const rootFile = (data: string) => join(data, 'secrets', 'https', 'root.json')

function hostPort(text: string): { host: string; port: number } {
  const [, v6, v4, port] = /^(?:\[([0-9a-f:]+)\]|([\d.]+)):(\d+)$/i.exec(text) ?? []
  const host = v6 ?? v4
  if (host === undefined || isIP(host) === 0 || Number(port) < 1 || Number(port) > 65_535)
    throw new InvalidArgumentError('Write it like 192.0.2.7:5060 or [2001:db8::7]:5060.')
  return { host, port: Number(port) }
}
