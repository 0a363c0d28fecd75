import type { About } from '../../../src/api/contract.ts'

/** What has to be typed into a phone. */
export interface PhoneAccount {
  readonly server: string
  readonly port: string
  readonly user: string
  readonly password: string
  /** `UDP or TCP`; empty when it is not known. */
  readonly transport: string
}

/**
 * The account of the phone `user`. The machine names an address where it listens on one alone; else it is reached as
 * the page is, at `pageHost`.
 */
export function phoneAccount(
  sip: About['sip'],
  pageHost: string,
  user: string,
  password: string,
): PhoneAccount {
  const { host, port, transports } = sipPlace(sip, pageHost)
  return { server: host, port: String(port), user, password, transport: transports.join(' / ') }
}

/** Where phones reach the machine; no transports when it does not say. */
export function sipPlace(sip: About['sip'], pageHost: string) {
  // One for the whole house before one for this machine alone.
  const place = sip.find(({ host }) => host === null || !isLoopback(host)) ?? sip[0]
  return {
    host: place?.host ?? pageHost.replace(/^\[|\]$/g, ''),
    port: place?.port ?? 5060,
    transports: place?.transports ?? [],
  }
}

/** The same as text: there is no form of account that all SIP apps read, but all can paste. */
export const accountText = (
  account: PhoneAccount,
  names: Readonly<Record<keyof PhoneAccount, string>>,
): string =>
  (['server', 'port', 'user', 'password', 'transport'] as const)
    .filter((field) => account[field] !== '')
    .map((field) => `${names[field]}: ${account[field]}`)
    .join('\n')

/**
 * The line of baresip's `accounts` file (github.com/baresip/baresip/wiki/Accounts). It takes one transport: UDP where there
 * is a choice, which is its own default.
 */
export function baresipAccount({ server, port, user, password, transport }: PhoneAccount): string {
  const host = server.includes(':') ? `[${server}]` : server
  const [first = 'UDP'] = transport.split(' / ').sort((a, b) => Number(b === 'UDP') - Number(a === 'UDP'))
  return `<sip:${user}@${host}:${port};transport=${first.toLowerCase()}>;auth_pass=${password}`
}

/** Whether only the machine itself reaches this host. */
export const isLoopback = (host: string): boolean => /^(localhost|127\.|\[?::1\]?$)/.test(host)
