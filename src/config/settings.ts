import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { z } from 'zod'
import { isAddressBlock } from '../shared/address-block.ts'

/**
 * Every setting of `answerphone serve`, once: the flag, the environment variable, the key in the file (the flag
 * without its dashes), the help, the default, and what it must look like.
 */
export interface Setting<Value> {
  readonly flag: `--${string}`
  /** What stands for the value in the help. */
  readonly value: string
  readonly env: `ANSWERPHONE_${string}`
  readonly help: string
  readonly fallback: string | readonly string[] | undefined
  /** True: the flag may be given several times, the variable holds a list with commas. */
  readonly many: boolean
  /** A path: one in the file is meant from the file's folder. */
  readonly isPath: boolean
  readonly read: z.ZodType<Value>
}

const address = z.string().refine((text) => isIP(text) !== 0, {
  error: ({ input }) => `"${input}" is no IP address`,
})

const port = (text: string | undefined) => {
  const number = /^\d{1,5}$/.test(text ?? '') ? Number(text) : -1
  return number >= 0 && number <= 65535 ? number : undefined
}

/** HOST:PORT, an IPv6 address in brackets. Port 0 takes a free one. */
export interface HostPort {
  readonly host: string
  readonly port: number
}

const hostPort = z.string().transform((text, context): HostPort => {
  const [, v6, name, digits] = text.match(/^(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/) ?? []
  const host = v6 ?? name
  const number = port(digits)
  if (host !== undefined && number !== undefined && (v6 === undefined || isIP(v6) === 6))
    return { host, port: number }
  context.issues.push({
    code: 'custom',
    message: `"${text}" is no HOST:PORT. Write it like 192.0.2.7:5060 or [2001:db8::7]:5060`,
    input: text,
  })
  return z.NEVER
})

const sipAddress = hostPort.refine(({ host }) => isIP(host) !== 0, {
  error: 'SIP listens on an IP address; 0.0.0.0 and [::] are all addresses of this machine',
})

const portRange = z.string().transform((text, context): { readonly from: number; readonly to: number } => {
  const [, first, last] = text.match(/^(\d+)-(\d+)$/) ?? []
  const from = port(first)
  const to = port(last)
  if (from !== undefined && to !== undefined && from >= 1024 && to > from) return { from, to }
  context.issues.push({
    code: 'custom',
    message: `"${text}" is no range of ports. Write it like 20000-24999, both from 1024 to 65535`,
    input: text,
  })
  return z.NEVER
})

const megabytes = z
  .string()
  .regex(/^\d{1,6}$/, { error: ({ input }) => `"${input}" is no whole number of MB` })
  .transform(Number)
  .refine((size) => size >= 4, 'give at least 4 MB')
  .transform((size) => size * 1024 * 1024)

const block = z.string().refine(isAddressBlock, {
  error: ({ input }) => `"${input}" is no IP address or CIDR block`,
})

/** What is dialled on a phone's keys. */
const featureCode = z.string().regex(/^[*#]{0,2}\d{1,6}$/, {
  error: ({ input }) => `"${input}" is nothing to dial. Write digits, with * or # before them, like *1`,
})

/** A code for what the whole house is switched to, which no phone need have. */
const switchCode = z
  .string()
  .regex(/^(off|[*#]{0,2}\d{1,6})$/, {
    error: ({ input }) =>
      `"${input}" is nothing to dial. Write digits, with * or # before them, like *60, or off`,
  })
  .transform((code) => (code === 'off' ? undefined : code))

const setting = <Value>(
  fields: Omit<Setting<Value>, 'many' | 'isPath'> & { readonly many?: boolean; readonly isPath?: boolean },
): Setting<Value> => ({
  many: false,
  isPath: false,
  ...fields,
})

export const SETTINGS = {
  data: setting({
    flag: '--data',
    value: 'DIR',
    env: 'ANSWERPHONE_DATA',
    help: 'data directory: database, recordings, greetings',
    fallback: './data',
    isPath: true,
    read: z.string().min(1),
  }),
  sip: setting({
    flag: '--sip',
    value: 'HOST:PORT',
    env: 'ANSWERPHONE_SIP',
    help: 'where SIP is taken, UDP and TCP; may be given several times',
    fallback: ['0.0.0.0:5060'],
    many: true,
    read: z.array(sipAddress).min(1),
  }),
  sips: setting({
    flag: '--sips',
    value: 'HOST:PORT',
    env: 'ANSWERPHONE_SIPS',
    help: 'where SIP is taken by TLS, from phones and trunks, with the same certificate as --https; usually port 5061; may be given several times',
    fallback: [],
    many: true,
    read: z.array(sipAddress),
  }),
  http: setting({
    flag: '--http',
    value: 'HOST:PORT',
    env: 'ANSWERPHONE_HTTP',
    help: 'where the page and the API are served; 0.0.0.0:8080 lets the home network in',
    fallback: '127.0.0.1:8080',
    read: hostPort,
  }),
  https: setting({
    flag: '--https',
    value: 'HOST:PORT',
    env: 'ANSWERPHONE_HTTPS',
    help: 'where page and API are served by HTTPS as well, which browsers want for the microphone; with a certificate of your own, of an authority (--acme-email), or else one that is made',
    fallback: undefined,
    read: hostPort.optional(),
  }),
  certificate: setting({
    flag: '--certificate',
    value: 'FILE',
    env: 'ANSWERPHONE_CERTIFICATE',
    help: 'the certificate for --https and --sips with its chain, PEM; read anew when it changes',
    fallback: undefined,
    isPath: true,
    read: z.string().min(1).optional(),
  }),
  certificateKey: setting({
    flag: '--certificate-key',
    value: 'FILE',
    env: 'ANSWERPHONE_CERTIFICATE_KEY',
    help: 'its key, PEM',
    fallback: undefined,
    isPath: true,
    read: z.string().min(1).optional(),
  }),
  acmeEmail: setting({
    flag: '--acme-email',
    value: 'ADDRESS',
    env: 'ANSWERPHONE_ACME_EMAIL',
    help: "where the authority writes to you: the certificate for the names of --host-name is fetched and renewed by ACME; port 80 of these names must lead to --http. You agree to the authority's terms",
    fallback: undefined,
    read: z.email({ error: ({ input }) => `"${input}" is no mail address` }).optional(),
  }),
  acmeDirectory: setting({
    flag: '--acme-directory',
    value: 'URL',
    env: 'ANSWERPHONE_ACME_DIRECTORY',
    help: "another authority's directory",
    fallback: 'https://acme-v02.api.letsencrypt.org/directory',
    read: z.url({ protocol: /^https$/, error: ({ input }) => `"${input}" is no https address` }),
  }),
  hostNames: setting({
    flag: '--host-name',
    value: 'NAME',
    env: 'ANSWERPHONE_HOST_NAME',
    help: 'a name under which browsers reach the page, behind a proxy or with a name of its own; may be given several times',
    fallback: [],
    many: true,
    read: z
      .array(z.string().regex(/^[\w.-]{1,253}$/, { error: ({ input }) => `"${input}" is no host name` }))
      .transform((names) => [...names, hostname(), `${hostname()}.local`]),
  }),
  trustedProxies: setting({
    flag: '--trusted-proxy',
    value: 'CIDR',
    env: 'ANSWERPHONE_TRUSTED_PROXY',
    help: 'a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; may be given several times',
    fallback: ['127.0.0.0/8', '::1'],
    many: true,
    read: z.array(block),
  }),
  publicAddress: setting({
    flag: '--public-address',
    value: 'ADDRESS',
    env: 'ANSWERPHONE_PUBLIC_ADDRESS',
    help: 'the address that SIP and RTP name instead of the local one, behind NAT',
    fallback: undefined,
    read: address.optional(),
  }),
  stunServer: setting({
    flag: '--stun-server',
    value: 'HOST[:PORT]',
    env: 'ANSWERPHONE_STUN_SERVER',
    help: 'asked for the public address where neither --public-address nor a registrar tells it',
    fallback: undefined,
    read: z
      .string()
      .transform((text) => (/:\d+$/.test(text) ? text : `${text}:3478`))
      .pipe(hostPort)
      .optional(),
  }),
  keepAliveSeconds: setting({
    flag: '--keep-alive-seconds',
    value: 'S',
    env: 'ANSWERPHONE_KEEP_ALIVE_SECONDS',
    help: 'how often the ways to registrars are kept open, for a router that forgets sooner',
    fallback: '20',
    read: z.coerce.number().int().min(1).max(120),
  }),
  stirTrust: setting({
    flag: '--stir-trust',
    value: 'FILE',
    env: 'ANSWERPHONE_STIR_TRUST',
    help: "the roots, PEM, whose word counts for callers' numbers: with them signatures (STIR/SHAKEN) are checked, and the certificates that those name are fetched from the Internet",
    fallback: undefined,
    isPath: true,
    read: z.string().min(1).optional(),
  }),
  phonesFrom: setting({
    flag: '--phones-from',
    value: 'CIDR',
    env: 'ANSWERPHONE_PHONES_FROM',
    help: 'a network from which phones may register; may be given several times',
    // This machine, private networks, and what an interface gives itself.
    fallback: [
      '127.0.0.0/8',
      '::1',
      '10.0.0.0/8',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '169.254.0.0/16',
      'fc00::/7',
      'fe80::/10',
    ],
    many: true,
    read: z.array(block),
  }),
  listenCode: setting({
    flag: '--listen-code',
    value: 'CODE',
    env: 'ANSWERPHONE_LISTEN_CODE',
    help: 'what a phone dials to listen in on the call going on',
    fallback: '*1',
    read: featureCode,
  }),
  pickUpCode: setting({
    flag: '--pick-up-code',
    value: 'CODE',
    env: 'ANSWERPHONE_PICK_UP_CODE',
    help: 'what a phone dials to take the call going on',
    fallback: '*8',
    read: featureCode,
  }),
  menuCode: setting({
    flag: '--menu-code',
    value: 'CODE',
    env: 'ANSWERPHONE_MENU_CODE',
    help: 'what a phone dials to hear its messages',
    fallback: '*98',
    read: featureCode,
  }),
  machineCode: setting({
    flag: '--machine-code',
    value: 'CODE|off',
    env: 'ANSWERPHONE_MACHINE_CODE',
    help: 'what a phone dials to switch the machine off, and on again; off: no phone can',
    fallback: '*60',
    read: switchCode,
  }),
  quietCode: setting({
    flag: '--quiet-code',
    value: 'CODE|off',
    env: 'ANSWERPHONE_QUIET_CODE',
    help: 'what a phone dials to switch do not disturb on, and off again; off: no phone can',
    fallback: '*61',
    read: switchCode,
  }),
  voiceCommand: setting({
    flag: '--voice-command',
    value: 'COMMAND',
    env: 'ANSWERPHONE_VOICE_COMMAND',
    help: 'reads greetings aloud that are typed, where no model is chosen for their language: a shell command that gets a text on its input and writes WAV, like espeak-ng -v {lang} --stdin --stdout; {lang} is en or de',
    fallback: undefined,
    read: z.string().min(1).optional(),
  }),
  push: setting({
    flag: '--push',
    value: 'on|off',
    env: 'ANSWERPHONE_PUSH',
    help: "whether browsers that ask for it get notifications by their makers' push services, on the Internet; what is in them is encrypted",
    fallback: 'on',
    read: z
      .enum(['on', 'off'], { error: ({ input }) => `"${input}" is neither on nor off` })
      .transform((choice) => choice === 'on'),
  }),
  webhooksPublic: setting({
    flag: '--webhooks-public',
    value: 'on|off',
    env: 'ANSWERPHONE_WEBHOOKS_PUBLIC',
    help: 'whether webhooks and topics of ntfy may only be on the Internet, and none in private networks: for who runs machines for others',
    fallback: 'off',
    read: z
      .enum(['on', 'off'], { error: ({ input }) => `"${input}" is neither on nor off` })
      .transform((choice) => choice === 'on'),
  }),
  rtpPorts: setting({
    flag: '--rtp-ports',
    value: 'FROM-TO',
    env: 'ANSWERPHONE_RTP_PORTS',
    help: 'UDP ports for audio, two for each call',
    fallback: '20000-24999',
    read: portRange,
  }),
  journalBytes: setting({
    flag: '--journal-size',
    value: 'MB',
    env: 'ANSWERPHONE_JOURNAL_SIZE',
    help: "room set aside on the disk for recording, in MB for each of the machine's media threads",
    fallback: '32',
    read: megabytes,
  }),
  logLevel: setting({
    flag: '--log-level',
    value: 'LEVEL',
    env: 'ANSWERPHONE_LOG_LEVEL',
    help: 'debug, info, warn or error; the log goes to stderr as JSON lines',
    fallback: 'info',
    read: z.enum(['debug', 'info', 'warn', 'error'], {
      error: ({ input }) => `"${input}" is none of debug, info, warn, error`,
    }),
  }),
} satisfies Record<string, Setting<unknown>>

export type SettingKey = keyof typeof SETTINGS
