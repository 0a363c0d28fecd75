import { isIP } from 'node:net'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Account } from '../../store/model.ts'
import type { LineAccountChange } from '../contract.ts'
import { defined } from './defined.ts'

const DEFAULT_EXPIRY_SECONDS = 600

/**
 * The account of a line after a change: what the change leaves out stays, null takes the account away. Throws
 * AP_INPUT_INVALID where something is missing or can't be read.
 */
export function changeAccount(
  before: Account | null,
  change: LineAccountChange | null | undefined,
): Account | null {
  if (change === undefined) return before
  if (change === null) return null
  const registrar =
    change.registrar === undefined ? before?.registrar : readServer('registrar', change.registrar)
  const { user = before?.user } = change
  const outboundProxy =
    change.outboundProxy === undefined
      ? (before?.outboundProxy ?? null)
      : change.outboundProxy && readServer('outboundProxy', change.outboundProxy)
  // The password is for the servers that it was given for, as safe as they were reached then, and no others.
  const isSame = before !== null && registrar === before.registrar && outboundProxy === before.outboundProxy
  const password = change.password ?? (isSame ? before.password : undefined)
  if (registrar === undefined) throw invalid('Give the registrar of the account, too.')
  if (user === undefined) throw invalid('Give the user of the account, too.')
  if (password === undefined)
    throw invalid(
      before
        ? `Give the password again: the one that is kept was for ${before.outboundProxy ?? before.registrar}.`
        : 'Give the password of the account, too (by command: --password-stdin).',
    )
  return {
    authUser: null,
    expirySeconds: DEFAULT_EXPIRY_SECONDS,
    ...before,
    ...defined(change),
    registrar,
    user,
    password,
    outboundProxy,
  }
}

const SERVER =
  /^(?:sip:)?(?:\[([0-9a-f:.]+)\]|([a-z0-9_](?:[a-z0-9._-]{0,252}[a-z0-9])?))(?::(\d{1,5}))?(?:;transport=(udp|tcp|tls))?$/i

/** A server as people write it, with or without `sip:`, in the one form that is kept. */
function readServer(field: string, text: string): string {
  const [, v6, name, port, transport] = SERVER.exec(text.trim()) ?? []
  const isNamed = v6 === undefined ? name !== undefined && !isBrokenIPv4(name) : isIP(v6) === 6
  if (!isNamed || Number(port ?? 5060) > 65_535 || Number(port ?? 5060) === 0)
    throw invalid(
      text.includes('@')
        ? `${field}: "${text}" names a user. Write what stands behind the @ here, and the user as the account's user.`
        : `${field}: "${text}" is no SIP server. Write it like sip.example.com, sip.example.com;transport=tls, 192.0.2.7:5060 or [2001:db8::7].`,
    )
  const host = (v6 === undefined ? (name ?? '') : `[${v6}]`).toLowerCase()
  return `sip:${host}${port === undefined ? '' : `:${Number(port)}`}${transport === undefined ? '' : `;transport=${transport.toLowerCase()}`}`
}

/** 192.0.2.777 would be looked up as a name, and found nowhere. */
const isBrokenIPv4 = (name: string) => /^[\d.]+$/.test(name) && isIP(name) === 0

const invalid = (what: string) => new AnswerphoneError('AP_INPUT_INVALID', { what })
