import { UA, WebSocketInterface } from 'jssip'
import type { EndEvent, RTCSession, RTCSessionEventMap } from 'jssip/lib/RTCSession'
import type { PhoneSession } from '../../../src/api/contract.ts'
import { holdInTurn } from './hold-in-turn.ts'
import { playTrack } from './play-track.ts'

/** The way from the page's phone to the machine. */
export interface PhoneLine {
  /**
   * Calls `user` of the machine. Without a microphone nothing is sent, and nothing is asked for.
   * @param events `onOver` comes once, with the SIP status when it was refused
   */
  call(user: string, microphone: MediaStream | null, events: LegEvents): Leg
  /** Ends all calls, and leaves. */
  close(): void
}

export interface LegEvents {
  readonly onConnected: () => void
  /** It rings at the other end. `heard`: by what the network lets be heard; else by a tone of our own. */
  readonly onRinging?: (heard: boolean) => void
  readonly onOver: (refusedWith: number | null) => void
}

export interface Leg {
  hangUp(): void
  mute(on: boolean): void
  /** Whether it is done, at once or after an earlier change that is under way. */
  hold(on: boolean): boolean
  /** A tone by RFC 4733: a digit, * or #. */
  press(key: string): void
  /** Gives the other side to a phone of the house (blind transfer, RFC 5589 §5). */
  give(phone: string, events: GiveEvents): void
  /** Gives the other side to whom `asked` is with, who was asked first (attended transfer, RFC 5589 §7). */
  join(asked: Leg, events: GiveEvents): void
}

/** One of the two comes, once. */
export interface GiveEvents {
  readonly onTaken: () => void
  /** The call is still here. */
  readonly onRefused: () => void
}

/** A phone of the house calls this one. */
export interface HouseRing {
  readonly name: string
  /** @param events as of a call that is made */
  answer(microphone: MediaStream, events: LegEvents): Leg
  decline(): void
}

export interface LineOptions {
  readonly lent: PhoneSession
  /** Whether the machine shall ring it. */
  readonly registers: boolean
  readonly onReady: () => void
  /** It is tried again by itself. */
  readonly onLost: () => void
  /** The machine knows this login no more. */
  readonly onRefused: () => void
  /**
   * Rings until the returned function is called.
   * @param callId the caller's call, by its id in the API; null: a phone of the house calls
   */
  readonly onRinging: (callId: string | null) => () => void
  /** The returned function is called when it rings no more, for whatever reason. */
  readonly onHouseCall: (ring: HouseRing) => (answered: boolean) => void
}

/** Candidates of one host come together; those of servers there are none. */
const CANDIDATES_MS = 200
/** Longer than any line rings, in seconds. */
const RINGS_AT_MOST_S = 180
const REGISTER_S = 120
const RECOVER_AT_MOST_S = 30
const TONE_MS = 100
const BUSY = 486
/** JsSIP waits half a second, and who types is faster. */
const TONE_GAP_MS = 70

export function openPhoneLine(options: LineOptions): PhoneLine {
  const { lent, registers, onReady, onLost, onRefused } = options
  const agent = new UA({
    sockets: [new WebSocketInterface(socketUrl(lent))],
    uri: lent.uri,
    authorization_user: lent.user,
    password: lent.password,
    realm: lent.realm,
    register: registers,
    register_expires: REGISTER_S,
    session_timers: false,
    no_answer_timeout: RINGS_AT_MOST_S,
    connection_recovery_max_interval: RECOVER_AT_MOST_S,
  })
  agent.on('connected', () => {
    if (!registers) onReady()
  })
  agent.on('registered', onReady)
  agent.on('disconnected', onLost)
  agent.on('registrationFailed', onRefused)
  agent.on('newRTCSession', ({ originator, session, request }: NewSession) => {
    if (originator === 'remote') ring(session, request, options)
  })
  agent.start()
  const house = lent.uri.slice(lent.uri.indexOf('@') + 1)
  return {
    call(user, microphone, events) {
      return startLeg(agent, `sip:${user}@${house}`, microphone, events)
    },
    close: () => agent.stop(),
  }
}

/** The page's own host: behind a proxy the machine does not know by which way the page came. */
function socketUrl({ websocket }: PhoneSession): string {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const { pathname, search } = new URL(websocket)
  return `${scheme}//${location.host}${pathname}${search}`
}

interface NewSession {
  readonly originator: string
  readonly session: RTCSession
  readonly request: { getHeader(name: string): string | undefined }
}

/** What the machine sends to tell a call within the house from a caller, who has a card already (RFC 7462 §8). */
const INTERNAL = 'urn:alert:source:internal'
/** Names the call that it rings for (src/owner/ringing-request.ts). */
const CALL = 'Answerphone-Call'

function ring(session: RTCSession, request: NewSession['request'], options: LineOptions): void {
  const stops: ((answered: boolean) => void)[] = [options.onRinging(request.getHeader(CALL) ?? null)]
  if (request.getHeader('Alert-Info')?.includes(INTERNAL))
    stops.push(
      options.onHouseCall({
        name: session.remote_identity.display_name || session.remote_identity.uri.user,
        answer(microphone, events) {
          const leg = legOf(session)
          for (const [event, act] of Object.entries(handlers(microphone, events)))
            session.on(event as 'ended', act as () => void)
          session.answer({ mediaStream: microphone, mediaConstraints: { audio: true, video: false } })
          return leg
        },
        decline: () => session.terminate({ status_code: BUSY }),
      }),
    )
  const stop = (answered: boolean) => {
    for (const act of stops.splice(0)) act(answered)
  }
  session.on('failed', () => stop(false))
  session.on('accepted', () => stop(true))
}

function startLeg(agent: UA, target: string, microphone: MediaStream | null, events: LegEvents): Leg {
  const session = agent.call(target, {
    mediaConstraints: { audio: false, video: false },
    ...(microphone ? { mediaStream: microphone } : {}),
    eventHandlers: handlers(microphone, events),
  })
  return legOf(session)
}

interface Progress {
  readonly originator: string
  readonly response?: { readonly body?: string }
}

/** What happens to a call, either way. */
function handlers(microphone: MediaStream | null, events: LegEvents) {
  let silence: (() => void) | undefined
  let over = false
  const end = (refusedWith: number | null) => {
    if (over) return
    over = true
    silence?.()
    events.onOver(refusedWith)
  }
  return {
    peerconnection({ peerconnection }) {
      peerconnection.addEventListener('track', ({ track }) => {
        silence ??= playTrack(track)
      })
      if (!microphone) peerconnection.addTransceiver('audio', { direction: 'recvonly' })
    },
    // JsSIP would wait for the end of the gathering, which takes many seconds where an interface is dead.
    icecandidate: ({ ready }) => void window.setTimeout(ready, CANDIDATES_MS),
    progress: ({ originator, response }: Progress) => {
      if (originator === 'remote') events.onRinging?.(Boolean(response?.body))
    },
    confirmed: events.onConnected,
    ended: () => end(null),
    failed: (event) => end(refusal(event)),
  } satisfies Partial<RTCSessionEventMap>
}

/** Behind each leg that stands: one is named to the machine when another is given to it. */
const sessions = new WeakMap<Leg, RTCSession>()

function legOf(session: RTCSession): Leg {
  const refer = (target: string, { onTaken, onRefused }: GiveEvents, replaces?: RTCSession) =>
    session.refer(target, {
      eventHandlers: { accepted: onTaken, failed: onRefused, requestFailed: onRefused },
      ...(replaces ? { replaces } : {}),
    })
  const leg: Leg = {
    hangUp() {
      if (!session.isEnded()) session.terminate()
    },
    mute: (on) => (on ? session.mute({ audio: true }) : session.unmute({ audio: true })),
    hold: holdInTurn(session),
    press: (key) =>
      session.sendDTMF(key, { transportType: RFC_4733, duration: TONE_MS, interToneGap: TONE_GAP_MS }),
    give: (phone, events) => refer(`sip:${phone}@${session.local_identity.uri.host}`, events),
    join(asked, events) {
      const other = sessions.get(asked)
      if (other) refer(other.remote_identity.uri.toString(), events, other)
      else events.onRefused()
    },
  }
  sessions.set(leg, session)
  return leg
}

/** As JsSIP calls it; its declarations have it as an enum that is not there at run time. */
const RFC_4733 = 'RFC2833' as NonNullable<Parameters<RTCSession['sendDTMF']>[1]>['transportType'] & string

/** The status with which a call was refused; null when we gave it up; 0 when no answer came. */
function refusal({ originator, message }: EndEvent): number | null {
  if (`${originator}` === 'local') return null
  return message && 'status_code' in message ? message.status_code : 0
}
