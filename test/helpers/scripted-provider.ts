import { createHash } from 'node:crypto'
import { HOUSE, HOUSE_IPV6, type InMemoryHouse } from './in-memory-house.ts'
import { type ProviderCall, startProviderCall } from './provider-call.ts'
import type { ProviderRecord } from './provider-record.ts'
import { bracketed, methodOf, uriIn, writeRequest, writeResponse } from './sip-text.ts'
import { headerOf, statusOf } from './sip-wire.ts'

/**
 * A registrar and caller that behaves as a provider's record says, written without a line of `src/`: what it understands was
 * understood by someone else.
 */
export interface ScriptedProvider {
  /** Every REGISTER that came, as text. */
  readonly registers: readonly string[]
  /** For how long we are registered there, in seconds; undefined: not now. */
  readonly registeredFor: number | undefined
  /** Final statuses of its OPTIONS and NOTIFYs, like `OPTIONS 200`. */
  readonly pings: readonly string[]
  /** `from` is the value of From. */
  call(from?: string): ProviderCall
}

export interface ProviderLogin {
  readonly user: string
  readonly password: string
}

export function openProvider(
  house: InMemoryHouse,
  record: ProviderRecord,
  login: ProviderLogin,
): ScriptedProvider {
  const { clock } = house
  const { registrar, invite, signalling } = record
  const home = signalling.includes(':') ? HOUSE_IPV6 : HOUSE
  const registers: string[] = []
  const pings: string[] = []
  const calls = new Map<string, (text: string) => void>()
  let registered: { readonly contact: string; readonly until: number; readonly seconds: number } | undefined
  let isGreeted = false
  let ids = 0

  const socket = house.network.udp(signalling, 5060, {
    onMessage: (bytes) => receive(bytes.toString()),
    onBroken() {},
    onSendFailed() {},
  })
  const send = (text: string) =>
    socket.send(Buffer.from(text), { transport: 'udp', address: home, port: 5060 })

  function receive(text: string): void {
    if (text.trim() === '') return
    const receiveInCall = calls.get(headerOf(text, 'Call-ID') ?? '')
    if (receiveInCall) return receiveInCall(text)
    const status = statusOf(text)
    if (status > 0) return void (status >= 200 && pings.push(`${headerOf(text, 'CSeq')?.slice(2)} ${status}`))
    if (methodOf(text) !== 'REGISTER') return send(writeResponse(text, 200, { tag: 'provider' }))
    registers.push(text)
    const answer = () => send(registrarsAnswer(text))
    if (registrar?.slowMs) clock.setTimer(registrar.slowMs, answer)
    else answer()
  }

  function registrarsAnswer(text: string): string {
    const answer = (status: number, ...headers: string[]) =>
      writeResponse(text, status, { tag: 'provider', headers })
    if (!registrar) return answer(405)
    const { status, realm, parameters } = registrar.challenge
    const [asks, tells] =
      status === 401 ? ['WWW-Authenticate', 'Authorization'] : ['Proxy-Authenticate', 'Proxy-Authorization']
    if (!isRight(headerOf(text, tells) ?? '', login))
      return answer(status, `${asks}: Digest realm="${realm}", nonce="DFAB0607BDB84DE5"${parameters}`)
    const wanted = Number(headerOf(text, 'Expires'))
    const { leastSeconds = 0 } = registrar
    if (wanted > 0 && wanted < leastSeconds) return answer(423, `Min-Expires: ${leastSeconds}`)
    const seconds = wanted === 0 ? 0 : (registrar.givesSeconds ?? wanted)
    const contact = uriIn(headerOf(text, 'Contact')) ?? ''
    registered = seconds === 0 ? undefined : { contact, seconds, until: clock.monotonic() + seconds * 1000 }
    if (registered && !isGreeted) greet(contact)
    return registrar.tellsBy === 'contact'
      ? answer(200, `Contact: <${contact}>;expires=${seconds}`)
      : answer(200, `Contact: <${contact}>`, `Expires: ${seconds}`)
  }

  /** What comes unasked, once somebody is there. */
  function greet(contact: string): void {
    isGreeted = true
    const news = ['Event: message-summary', 'Subscription-State: active']
    if (registrar?.notifies)
      clock.setTimer(50, () => ask('NOTIFY', contact, news, 'Messages-Waiting: no\r\n'))
    const { optionsEverySeconds } = record
    if (!optionsEverySeconds) return
    const ping = () => {
      if (registered) ask('OPTIONS', registered.contact)
      clock.setTimer(optionsEverySeconds * 1000, ping)
    }
    clock.setTimer(100, ping)
  }

  function ask(method: string, uri: string, extra: readonly string[] = [], body = ''): void {
    const id = ++ids
    const headers = [
      `Via: SIP/2.0/UDP ${bracketed(signalling)}:5060;branch=z9hG4bKping${id}`,
      'Max-Forwards: 70',
      `From: <sip:asterisk@${bracketed(signalling)}>;tag=p${id}`,
      `To: <${uri}>`,
      `Contact: <sip:asterisk@${bracketed(signalling)}:5060>`,
      `Call-ID: ping-${id}@${signalling}`,
      `CSeq: 1 ${method}`,
      ...extra,
    ]
    send(writeRequest(method, uri, { headers, body, contentType: 'application/simple-message-summary' }))
  }

  return {
    registers,
    get registeredFor() {
      return registered && registered.until > clock.monotonic() ? registered.seconds : undefined
    },
    pings,
    call(from = invite.from) {
      const contact = registered?.contact ?? `sip:${bracketed(home)}:5060`
      const uri = invite.user ? contact.replace(/^sip:([^@]*@)?/, `sip:${invite.user}@`) : contact
      const started = startProviderCall({ house, record, uri, from, id: ++ids, send })
      calls.set(started.callId, started.receive)
      return started.call
    },
  }
}

/** RFC 7616 §3.4.1; without qop, RFC 2069. */
function isRight(credentials: string, { user, password }: ProviderLogin): boolean {
  const param = (name: string) => {
    const [, quoted, bare] = new RegExp(`[\\s,]${name}=(?:"([^"]*)"|([^\\s,]+))`).exec(credentials) ?? []
    return quoted ?? bare ?? ''
  }
  const md5 = (text: string) => createHash('md5').update(text).digest('hex')
  const secret = md5(`${user}:${param('realm')}:${password}`)
  const asked = md5(`REGISTER:${param('uri')}`)
  const middle = param('qop') === '' ? [] : [param('nc'), param('cnonce'), param('qop')]
  const response = md5([secret, param('nonce'), ...middle, asked].join(':'))
  return param('username') === user && param('response') === response
}
