import type { Clock, Timer } from '../../src/shared/clock.ts'
import type { PhoneRequest, PhoneTransactions, SentRequest } from './phone-transactions.ts'
import { headersOf, mediaIn, methodOf, tagIn, uriIn, writeResponse } from './sip-text.ts'
import { headerOf } from './sip-wire.ts'

/** The direction of our session description (RFC 3264 §6.1). */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

export interface InDialogParts {
  /** Whole lines. */
  readonly headers?: readonly string[]
  readonly body?: string
  /** `application/sdp` unless given. */
  readonly contentType?: string
}

/** A call of a scripted phone, either way. Its fields change as it goes on; orders that come too late do nothing. */
export interface PhoneCall {
  readonly direction: 'in' | 'out'
  /** The INVITE as text; for an outgoing call the last one, which has the Authorization. */
  readonly invite: string
  readonly dialogId: {
    readonly callId: string
    readonly localTag: string
    readonly remoteTag: string | undefined
  }
  readonly state: 'calling' | 'ringing' | 'talking' | 'over'
  /** What came of it, oldest first: responses to our INVITE, and requests of the other side within the call. */
  readonly heard: readonly string[]
  /** Statuses of the responses to an outgoing call's INVITE (each 401 too). */
  readonly statuses: readonly number[]
  /** The final status: of the other side's response, or of our own. Undefined while there is none. */
  readonly status: number | undefined
  /** The CANCEL or BYE that ended it, as text: its Reason says more. Undefined when we ended it. */
  readonly endedBy: string | undefined
  /** An incoming call: our 200 was acknowledged. */
  readonly acknowledged: boolean
  /** Where the other side wants RTP, by its newest session description. */
  readonly media: { readonly host: string; readonly port: number } | undefined
  /** Resolves once it is over, whoever ended it. */
  readonly over: Promise<void>
  /** Runs this after so long, unless the call is over by then. */
  after(delayMs: number, act: () => void): void

  /** An incoming call: a provisional response, 180 unless given; with our session description for early media. */
  ring(status?: number, withSdp?: boolean): void
  /** An incoming call: 200 with our session description, again until the ACK comes. */
  answer(direction?: Direction): void
  /** An incoming call: a final refusal. */
  refuse(status: number, headers?: readonly string[]): void
  /** BYE in a call; CANCEL while an outgoing one rings; 603 to an incoming one that rings. */
  hangUp(headers?: readonly string[]): void
  /** A request within the dialog; resolves with its final response. A 2xx to a re-INVITE is acknowledged. */
  request(method: string, parts?: InDialogParts): Promise<string>
  /** A re-INVITE with this direction: hold and resume. */
  reInvite(direction: Direction): Promise<string>
  /** REFER (RFC 3515). The NOTIFYs that follow are in `heard`. */
  refer(referTo: string, headers?: readonly string[]): Promise<string>
}

/** What a phone lends its calls. */
export interface CallGround {
  readonly transactions: PhoneTransactions
  readonly clock: Clock
  readonly token: () => string
  /** The value of our Contact. */
  readonly contact: string
  /** The value of From for outgoing calls, without a tag. */
  readonly address: string
  describe(direction: Direction): string
  /**
   * Sends a request, and again with Authorization when it is challenged. `make` is called for each with the lines to
   * add, and is to give it a new CSeq. `challenged` says that the request goes out again because of this response.
   */
  transact(
    make: (authorization: readonly string[]) => PhoneRequest,
    onResponse?: (response: string, status: number, challenged: boolean) => void,
  ): { readonly final: Promise<string>; readonly current: SentRequest }
}

/** What a phone hands on to a call of its own. */
export interface CallIntake {
  readonly call: PhoneCall
  /** A request of the other side with our Call-ID. */
  receive(request: string, reply: (response: string) => void): void
  /** Sends nothing again from now on. */
  abandon(): void
}

export interface OutgoingCallOptions {
  /** Further lines: Replaces, Join … */
  readonly headers?: readonly string[]
  readonly direction?: Direction
  /** Without a session description: ours goes with the ACK. */
  readonly late?: boolean
  /** In place of our own session description: that of a browser, which describes itself. */
  readonly sdp?: string
  /** Called with the 200, once. */
  readonly onAnswer?: (answer: string) => void
}

/** A call as its phone changes it. */
type OpenCall = { -readonly [Key in keyof PhoneCall]: PhoneCall[Key] }

interface Opening {
  readonly direction: 'in' | 'out'
  readonly callId: string
  readonly invite: string
  /** Values of From and To as our requests have them; ours without a tag. */
  readonly local: string
  readonly remote: string
  readonly target: string
}

const SUPPORTED = 'Supported: replaces, norefersub'
const ALLOW = 'Allow: INVITE, ACK, CANCEL, BYE, REFER, NOTIFY, UPDATE, INFO'

/** What both directions have in common: the dialog, and the requests in it. */
function openCall(ground: CallGround, opening: Opening) {
  const { direction, callId } = opening
  const localTag = ground.token()
  const heard: string[] = []
  const statuses: number[] = []
  const timers = new Set<Timer>()
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const dialog = { remote: opening.remote, target: opening.target, routes: [] as string[], cseq: 0 }

  /** A request in the dialog; the CSeq is the last one unless `next`. */
  function compose(method: string, parts: InDialogParts = {}, next = true): PhoneRequest {
    if (next) dialog.cseq++
    const routes = dialog.routes.map((route) => `Route: ${route}`)
    return {
      ...parts,
      method,
      uri: dialog.target,
      from: `${opening.local};tag=${localTag}`,
      to: dialog.remote,
      callId,
      cseq: dialog.cseq,
      headers: [...routes, `Contact: ${ground.contact}`, SUPPORTED, ALLOW, ...(parts.headers ?? [])],
    }
  }

  function acknowledge(body?: string): void {
    ground.transactions.sendOnce(compose('ACK', body === undefined ? {} : { body }, false))
  }

  function end(by?: string): void {
    if (call.state === 'over') return
    call.state = 'over'
    call.endedBy = by
    for (const timer of timers) timer.cancel()
    resolve()
  }

  function bye(headers: readonly string[]): void {
    end()
    void call.request('BYE', { headers })
  }

  function receive(request: string, reply: (response: string) => void): void {
    heard.push(request)
    const method = methodOf(request)
    call.media = mediaIn(request) ?? call.media
    if (method === 'ACK') {
      call.acknowledged = true
      return
    }
    const body = method === 'INVITE' || method === 'UPDATE' ? ground.describe('sendrecv') : undefined
    reply(writeResponse(request, 200, { headers: [`Contact: ${ground.contact}`], body }))
    if (method === 'BYE') end(request)
  }

  const nothing = () => {}
  const call: OpenCall = {
    direction,
    invite: opening.invite,
    get dialogId() {
      return { callId, localTag, remoteTag: tagIn(dialog.remote) }
    },
    state: direction === 'in' ? 'ringing' : 'calling',
    heard,
    statuses,
    status: undefined,
    endedBy: undefined,
    acknowledged: false,
    media: mediaIn(opening.invite),
    over,
    after(delayMs, act) {
      const timer = ground.clock.setTimer(delayMs, () => {
        timers.delete(timer)
        act()
      })
      timers.add(timer)
    },
    ring: nothing,
    answer: nothing,
    refuse: nothing,
    hangUp: nothing,
    request(method, parts = {}) {
      const { final } = ground.transact(
        (authorization) =>
          compose(method, { ...parts, headers: [...(parts.headers ?? []), ...authorization] }),
        (response, status) => {
          if (method !== 'INVITE' || status < 200 || status > 299) return
          call.media = mediaIn(response) ?? call.media
          acknowledge()
        },
      )
      return final
    },
    reInvite: (to) => call.request('INVITE', { body: ground.describe(to) }),
    refer: (referTo, headers = []) =>
      call.request('REFER', { headers: [`Refer-To: ${referTo}`, ...headers] }),
  }
  return { call, heard, statuses, dialog, localTag, compose, acknowledge, end, bye, receive }
}

/** Takes an INVITE; what becomes of it is the script's to say. */
export function takeCall(ground: CallGround, invite: string, reply: (response: string) => void): CallIntake {
  const { call, heard, dialog, localTag, end, bye, receive } = openCall(ground, {
    direction: 'in',
    callId: headerOf(invite, 'Call-ID') ?? '',
    invite,
    local: headerOf(invite, 'To') ?? '',
    remote: headerOf(invite, 'From') ?? '',
    target: uriIn(headerOf(invite, 'Contact')) ?? '',
  })
  dialog.routes = headersOf(invite, 'Record-Route')
  const contact = `Contact: ${ground.contact}`
  let answering: Timer | undefined

  const respond = (status: number, headers: readonly string[] = [], body?: string) =>
    reply(writeResponse(invite, status, { tag: localTag, headers, body }))

  function refuse(status: number, headers: readonly string[] = [], by?: string): void {
    if (call.state !== 'ringing') return
    call.status = status
    respond(status, headers)
    end(by)
  }

  Object.assign<OpenCall, Partial<PhoneCall>>(call, {
    ring(status = 180, withSdp = false) {
      if (call.state !== 'ringing') return
      respond(status, [contact], withSdp ? ground.describe('sendrecv') : undefined)
    },
    answer(direction = 'sendrecv') {
      if (call.state !== 'ringing') return
      call.state = 'talking'
      call.status = 200
      const body = ground.describe(direction)
      let intervalMs = 500
      // RFC 3261 §13.3.1.4: until the ACK, over streams as well.
      const send = () => {
        respond(200, [contact, SUPPORTED, ALLOW], body)
        answering = ground.clock.setTimer(intervalMs, send)
        intervalMs = Math.min(2 * intervalMs, 4000)
      }
      send()
    },
    refuse: (status, headers) => refuse(status, headers),
    hangUp(headers = []) {
      if (call.state === 'ringing') return refuse(603, headers)
      answering?.cancel()
      if (call.state === 'talking') bye(headers)
    },
  })

  return {
    call,
    receive(request, replyTo) {
      const method = methodOf(request)
      if (method === 'CANCEL') {
        heard.push(request)
        replyTo(writeResponse(request, 200, { tag: localTag }))
        return refuse(487, [], request)
      }
      if (method === 'ACK' || method === 'BYE') answering?.cancel()
      receive(request, replyTo)
    },
    abandon: () => answering?.cancel(),
  }
}

/** Sends an INVITE. */
export function placeCall(ground: CallGround, uri: string, options: OutgoingCallOptions = {}): CallIntake {
  const { call, heard, statuses, dialog, compose, acknowledge, end, bye, receive } = openCall(ground, {
    direction: 'out',
    callId: ground.token(),
    invite: '',
    local: ground.address,
    remote: `<${uri}>`,
    target: uri,
  })
  const description = options.sdp ?? ground.describe(options.direction ?? 'sendrecv')
  let cancelled = false

  function onResponse(response: string, status: number, challenged: boolean): void {
    heard.push(response)
    statuses.push(status)
    if (status > 100 && status < 300) learn(response)
    if (status < 200) {
      if (status > 100 && call.state === 'calling') call.state = 'ringing'
      return
    }
    if (challenged) return
    call.status = status
    if (status >= 300) return end()
    acknowledge(options.late ? description : undefined)
    if (call.state === 'over' || call.state === 'talking') return
    call.state = 'talking'
    options.onAnswer?.(response)
    // The 200 crossed our CANCEL (RFC 3261 §9.1).
    if (cancelled) bye([])
  }

  function learn(response: string): void {
    dialog.remote = headerOf(response, 'To') ?? dialog.remote
    dialog.target = uriIn(headerOf(response, 'Contact')) ?? dialog.target
    dialog.routes = headersOf(response, 'Record-Route').reverse()
    call.media = mediaIn(response) ?? call.media
  }

  const inviting = ground.transact(
    (authorization) =>
      compose('INVITE', {
        ...(options.late ? {} : { body: description }),
        headers: [...(options.headers ?? []), ...authorization],
      }),
    onResponse,
  )
  inviting.final.catch(() => end())
  Object.defineProperty(call, 'invite', { get: () => inviting.current.text })
  call.hangUp = (headers = []) => {
    if (call.state === 'over') return
    if (call.state === 'talking') return bye(headers)
    cancelled = true
    inviting.current.cancel(headers)
  }
  return { call, receive, abandon: () => {} }
}
