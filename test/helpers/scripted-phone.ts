import type { Clock } from '../../src/shared/clock.ts'
import type { Random } from '../../src/shared/random.ts'
import { answerDigest } from './digest-client.ts'
import {
  type CallGround,
  type CallIntake,
  type Direction,
  type OutgoingCallOptions,
  type PhoneCall,
  placeCall,
  takeCall,
} from './phone-call.ts'
import { type PhoneRequest, phoneTransactions, type SentRequest } from './phone-transactions.ts'
import { describeBrowser } from './scripted-browser.ts'
import { branchOf, headersOf, methodOf, tagIn, uriIn, writeResponse } from './sip-text.ts'
import { headerOf, type SipWire, statusOf } from './sip-wire.ts'

export type { Direction, PhoneCall } from './phone-call.ts'

export interface ScriptedPhoneOptions {
  /** `memoryWire` of a memory network, or `openWire` for real sockets. Closed with the phone. */
  readonly wire: SipWire
  /** The fake clock, or `systemClock`. */
  readonly clock: Clock
  /** Where tags, branches and Call-IDs come from. */
  readonly random: Random
  readonly user: string
  /** The name in its digest; `user` unless given. */
  readonly login?: string
  /** Without one a challenge is not answered. */
  readonly password?: string | undefined
  /** The host in its address of record; that of the machine. */
  readonly domain: string
  /** What the phone takes for its own host and port: give them to put it behind a NAT. Those of the wire unless given. */
  readonly believes?: string
  /** The algorithm to answer challenges with; the first that is offered unless given. */
  readonly algorithm?: 'MD5' | 'SHA-256'
  /** The RTP port in its session descriptions; 9 unless given. */
  readonly rtpPort?: number
  /** Payload types, `0 8 101` unless given. */
  readonly payloadTypes?: string
  /** It is a browser: `ScriptedBrowser` has the media of what it describes. */
  readonly browser?: boolean
  /** What it does with a call; to be silent unless given. See `rings`, `answers`, `refuses`. */
  readonly onCall?: (call: PhoneCall) => void
}

export interface RegisterOptions {
  /** Seconds in Expires; 600 unless given, no header for null. */
  readonly expires?: number | null
  /** Values of Contact in place of our own; an empty list asks for the bindings alone. */
  readonly contacts?: readonly string[]
  /** Behind our own Contact: `+sip.instance="<urn:…>"`, `reg-id=1`, `q=0.5`. */
  readonly params?: readonly string[]
  /** Further lines. */
  readonly headers?: readonly string[]
  /** The value of To, in place of our own. */
  readonly to?: string
}

export interface RequestOptions {
  /** Whole lines. */
  readonly headers?: readonly string[]
  readonly body?: string
  /** `application/sdp` unless given. */
  readonly contentType?: string
  /** The value of To, in place of the URI. */
  readonly to?: string
}

export interface Subscription {
  /** The final response to the SUBSCRIBE, as text. */
  readonly final: Promise<string>
  /** The NOTIFYs that came, as text, oldest first. */
  readonly notifies: readonly string[]
  /** Subscribes again in the dialog, for so many seconds; 0 ends it. */
  refresh(expires: number): Promise<string>
}

/** Something that came, as text; `at` is `clock.monotonic()`. */
export interface Heard {
  readonly at: number
  readonly text: string
}

/**
 * An owner's phone that does what a test tells it, over a memory network or real sockets, written without the SIP library:
 * it registers and calls by digest, takes calls by script, answers what comes, and keeps all that it saw. Everything
 * happens within the clock's turns, so a test may `advance` a fake clock and look, without awaiting anything.
 */
export interface ScriptedPhone extends AsyncDisposable {
  /** `<sip:user@host:port>`, as it registers. */
  readonly contact: string
  /** Every message that came, oldest first. */
  readonly heard: readonly Heard[]
  /** Both directions, oldest first. */
  readonly calls: readonly PhoneCall[]
  /** NOTIFYs outside of calls: those of subscriptions, and those that nobody asked for. */
  readonly notifies: readonly string[]
  /** What it does with the next call. */
  onCall: (call: PhoneCall) => void
  /** How it answers NOTIFY; 200 unless set. */
  notifyStatus: number
  /** REGISTER, and again with digest when challenged. Resolves with the final response as text. */
  register(options?: RegisterOptions): Promise<string>
  /** Calls: a feature code, a phone, or with `Replaces: …` or `Join: …` among the headers. */
  call(uri: string, options?: OutgoingCallOptions): PhoneCall
  subscribe(
    uri: string,
    event: string,
    options?: { readonly expires?: number; readonly headers?: readonly string[] },
  ): Subscription
  /** Any request outside a dialog, with digest when challenged. Resolves with the final response as text. */
  request(method: string, uri: string, options?: RequestOptions): Promise<string>
  /** Pulls the plug: it neither hears nor sends from now on, and says no goodbye. */
  switchOff(): void
}

/** Scripts for `onCall`. */
export const rings = (call: PhoneCall): void => call.ring()
export const answers =
  (afterMs = 0, direction: Direction = 'sendrecv') =>
  (call: PhoneCall): void => {
    call.ring()
    if (afterMs === 0) call.answer(direction)
    else call.after(afterMs, () => call.answer(direction))
  }
export const refuses =
  (status: number, afterMs = 0) =>
  (call: PhoneCall): void => {
    if (afterMs === 0) call.refuse(status)
    else call.after(afterMs, () => call.refuse(status))
  }

export function scriptedPhone(options: ScriptedPhoneOptions): ScriptedPhone {
  const { wire, clock, random, user, login = user, password, domain, algorithm } = options
  const believed = options.believes ?? `${wire.host}:${wire.port}`
  const { transport } = wire
  const param = transport === 'udp' ? '' : `;transport=${transport === 'wss' ? 'ws' : transport}`
  const contact = `<sip:${user}@${believed}${param}>`
  const address = `<sip:${user}@${domain}>`
  const token = () => random.token(6)
  const transactions = phoneTransactions({ wire, clock, sentBy: believed, token })
  const heard: Heard[] = []
  const calls: PhoneCall[] = []
  const notifies: string[] = []
  /** What is in a dialog, by its Call-ID. */
  const intakes = new Map<string, CallIntake>()
  const subscriptions = new Map<string, string[]>()
  /** Last responses by the request's branch, for its repetitions. */
  const answered = new Map<string, string>()
  const registering = { callId: token(), tag: token(), cseq: 0 }
  let sdpVersion = 0
  let on = true

  const transact: CallGround['transact'] = (make, onResponse = () => {}) => {
    const { promise: final, resolve, reject } = Promise.withResolvers<string>()
    final.catch(() => {})
    const state = { current: undefined as SentRequest | undefined }
    const send = (request: PhoneRequest, again: boolean) => {
      const sent = transactions.send(request, (response, status) => {
        const authorization = again ? undefined : authorize(request, response, status)
        onResponse(response, status, authorization !== undefined)
        if (authorization !== undefined) send(make([authorization]), true)
        else if (status >= 200) resolve(response)
      })
      state.current = sent
      sent.final.catch(reject)
      return sent
    }
    send(make([]), false)
    return {
      final,
      get current() {
        return state.current as SentRequest
      },
    }
  }

  function authorize({ method, uri }: PhoneRequest, response: string, status: number): string | undefined {
    if (password === undefined || (status !== 401 && status !== 407)) return undefined
    const challenges = headersOf(response, status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate')
    const value = answerDigest({
      challenges,
      method,
      uri,
      user: login,
      password,
      cnonce: token(),
      ...(algorithm && { algorithm }),
    })
    return value && `${status === 401 ? 'Authorization' : 'Proxy-Authorization'}: ${value}`
  }

  function describe(direction: Direction): string {
    const host = believed.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
    const network = `IN IP${host.includes(':') ? 6 : 4} ${host}`
    if (options.browser) return describeBrowser(user, ++sdpVersion, direction)
    return (
      `v=0\r\no=${user} 1 ${++sdpVersion} ${network}\r\ns=-\r\nc=${network}\r\nt=0 0\r\n` +
      `m=audio ${options.rtpPort ?? 9} RTP/AVP ${options.payloadTypes ?? '0 8 101'}\r\n` +
      `a=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=${direction}\r\n`
    )
  }

  const ground: CallGround = { transactions, clock, token, contact, address, describe, transact }

  function receive(text: string, reply: (response: string) => void): void {
    if (!on) return
    heard.push({ at: clock.monotonic(), text })
    if (statusOf(text) > 0) return transactions.receive(text)
    const method = methodOf(text)
    const key = `${branchOf(text)} ${method}`
    const before = method === 'ACK' ? undefined : answered.get(key)
    if (before !== undefined) return before === '' ? undefined : reply(before)
    const remember = (response: string) => {
      if (!on) return
      answered.set(key, response)
      reply(response)
    }
    // A repetition of what the script leaves unanswered is no new request.
    answered.set(key, '')
    receiveRequest(method, text, remember)
  }

  function receiveRequest(method: string, text: string, reply: (response: string) => void): void {
    const callId = headerOf(text, 'Call-ID') ?? ''
    const intake = intakes.get(callId)
    if (intake) return intake.receive(text, reply)
    if (method === 'NOTIFY') {
      notifies.push(text)
      subscriptions.get(callId)?.push(text)
      return reply(writeResponse(text, phone.notifyStatus, { tag: token() }))
    }
    if (method === 'INVITE' && tagIn(headerOf(text, 'To')) === undefined) {
      const taken = takeCall(ground, text, reply)
      intakes.set(callId, taken)
      calls.push(taken.call)
      return phone.onCall(taken.call)
    }
    if (method === 'ACK') return
    const status = method === 'OPTIONS' ? 200 : method === 'BYE' || method === 'CANCEL' ? 481 : 405
    reply(writeResponse(text, status, { tag: token() }))
  }

  function outside(
    method: string,
    uri: string,
    { headers = [], to, ...rest }: RequestOptions,
  ): Promise<string> {
    const callId = token()
    const tag = token()
    let cseq = 0
    return transact((authorization) => ({
      ...rest,
      method,
      uri,
      from: `${address};tag=${tag}`,
      to: to ?? `<${uri}>`,
      callId,
      cseq: ++cseq,
      headers: [`Contact: ${contact}`, ...headers, ...authorization],
    })).final
  }

  const phone: ScriptedPhone = {
    contact,
    heard,
    calls,
    notifies,
    onCall: options.onCall ?? (() => {}),
    notifyStatus: 200,
    register({ expires = 600, contacts, params = [], headers = [], to = address } = {}) {
      const own = [contact, ...params].join(';')
      return transact((authorization) => ({
        method: 'REGISTER',
        uri: `sip:${domain}`,
        from: `${address};tag=${registering.tag}`,
        to,
        callId: registering.callId,
        cseq: ++registering.cseq,
        headers: [
          ...(contacts ?? [own]).map((value) => `Contact: ${value}`),
          ...(expires === null ? [] : [`Expires: ${expires}`]),
          ...headers,
          ...authorization,
        ],
      })).final
    },
    call(uri, callOptions) {
      const placed = placeCall(ground, uri, callOptions)
      intakes.set(placed.call.dialogId.callId, placed)
      calls.push(placed.call)
      return placed.call
    },
    subscribe(uri, event, { expires = 600, headers = [] } = {}) {
      const callId = token()
      const tag = token()
      const seen: string[] = []
      subscriptions.set(callId, seen)
      let cseq = 0
      let to = `<${uri}>`
      let target = uri
      const ask = (seconds: number) =>
        transact(
          (authorization) => ({
            method: 'SUBSCRIBE',
            uri: target,
            from: `${address};tag=${tag}`,
            to,
            callId,
            cseq: ++cseq,
            headers: [
              `Contact: ${contact}`,
              `Event: ${event}`,
              `Expires: ${seconds}`,
              ...headers,
              ...authorization,
            ],
          }),
          (response, status) => {
            if (status < 200 || status > 299) return
            to = headerOf(response, 'To') ?? to
            target = uriIn(headerOf(response, 'Contact')) ?? target
          },
        ).final
      return { final: ask(expires), notifies: seen, refresh: ask }
    },
    request: (method, uri, requestOptions = {}) => outside(method, uri, requestOptions),
    switchOff,
    async [Symbol.asyncDispose]() {
      switchOff()
      await wire[Symbol.asyncDispose]()
    },
  }

  function switchOff(): void {
    on = false
    transactions.stop()
    for (const intake of intakes.values()) intake.abandon()
  }

  wire.onText = receive
  return phone
}
