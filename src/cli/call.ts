import { Command, InvalidArgumentError } from 'commander'
import { findRunning } from '../running.ts'
import { systemClock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { systemRandom } from '../shared/random.ts'
import { isAnyAddress } from '../sip/transport/transport.ts'
import { placeCall } from './call/place-call.ts'
import { prepareSpeech } from './call/speech.ts'

interface Options {
  readonly data: string
  readonly say?: string
  readonly file?: string
  readonly from: string
  readonly name?: string
  readonly tcp?: boolean
  readonly to?: { readonly host: string; readonly port: number }
}

/** `answerphone call LINE`: a test caller, so that the machine can be tried without an account anywhere. */
export function callCommand(): Command {
  return new Command('call')
    .description('call a line as a test caller: wait for the beep, leave a message, hang up')
    .argument('<line>', 'name or number of the line')
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
    .action(async (line: string, _options, command: Command) =>
      call(line, command.optsWithGlobals<Options>()),
    )
}

async function call(line: string, options: Options): Promise<void> {
  const speech = await prepareSpeech(options)
  const { host, port } = options.to ?? (await whereItListens(options))
  console.log(`calling ${line} at ${host}:${port} …`)
  await placeCall({
    host,
    port,
    transport: options.tcp ? 'tcp' : 'udp',
    user: line,
    from: { number: options.from, name: options.name },
    localAddress: host.includes(':') ? '::1' : /^127\./.test(host) ? '127.0.0.1' : host,
    speech,
    clock: systemClock,
    random: systemRandom,
    tell: (what) => console.log(what),
  })
}

async function whereItListens({ data, tcp }: Options): Promise<{ host: string; port: number }> {
  const transport = tcp ? 'tcp' : 'udp'
  const running = await findRunning(data)
  const local = running?.sip.find((one) => one.transport === transport)
  if (!local) throw new AnswerphoneError('AP_NOT_RUNNING', { data })
  if (!isAnyAddress(local.address)) return { host: local.address, port: local.port }
  return { host: local.address.includes(':') ? '::1' : '127.0.0.1', port: local.port }
}

function hostPort(text: string): { host: string; port: number } {
  const [, v6, v4, port] = /^(?:\[([0-9a-f:]+)\]|([\d.]+)):(\d+)$/i.exec(text) ?? []
  const host = v6 ?? v4
  if (host === undefined)
    throw new InvalidArgumentError('Write it like 192.0.2.7:5060 or [2001:db8::7]:5060.')
  return { host, port: Number(port) }
}
