import { identifyCaller } from '../caller/identity/identify-caller.ts'
import type { MediaEngine } from '../media/engine.ts'
import type { WayOut } from '../owner/house/way-out.ts'
import type { Leg, LegEvent } from '../owner/leg/leg.ts'
import { makePhoneLegs } from '../owner/phone-legs.ts'
import type { Clock, Timer } from '../shared/clock.ts'
import type { Random } from '../shared/random.ts'
import { comparable, isSameNumber } from '../shared/same-number.ts'
import type { Endpoint, IncomingInvite } from '../sip/endpoint.ts'
import type { Line } from '../store/model.ts'
import { type EchoLeg, echoCaller } from './echo-caller.ts'
import { type Heard, judgeHeard, type Level, PATTERN_MS, patternSound } from './tone-pattern.ts'

/** What a call that was made to hear oneself has shown. */
export type SoundResult =
  | { readonly kind: 'no-way' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unanswered' }
  | {
      readonly kind: 'heard'
      readonly heard: Heard
      /** The address at which the other side was told to send its sound. */
      readonly told: string
      readonly packetsSent: number
      readonly packetsReceived: number
      readonly packetsLost: number
      readonly jitterMs: number
    }

export interface SoundTest {
  /** Calls this number through the line, and listens for what it sends itself. */
  run(line: Line, number: string): Promise<SoundResult>
  /** Answers a call that is our own, to the line that is being tested from itself, with an echo. */
  takes(line: Line, invite: IncomingInvite, legOf: () => EchoLeg): boolean
  /** The machine stops. */
  close(): void
}

const CLIP = 'sound-test'
const ANSWER_MS = 25_000
/** Who answers may speak first. */
const LISTEN_MS = 25_000
/** The pattern, and what may still be on its way. */
const CYCLE_MS = PATTERN_MS + 1600

export async function openSoundTest(options: {
  readonly media: MediaEngine
  readonly endpoint: () => Pick<Endpoint, 'invite' | 'localFor'> | undefined
  readonly publicAddress?: string | undefined
  readonly wayOut: (line: Line, number: string) => WayOut | undefined
  readonly clock: Clock
  readonly random: Random
}): Promise<SoundTest> {
  const { media, publicAddress, clock, random } = options
  const endpoint = () => {
    const attached = options.endpoint()
    if (!attached) throw new Error('no endpoint is attached yet')
    return attached
  }
  const legs = makePhoneLegs({ endpoint, media, publicAddress, random })
  await media.loadClip(CLIP, patternSound(), 8000, 'when-played')
  let running: { readonly line: Line; readonly number: string; readonly leg: Leg } | undefined

  async function run(line: Line, number: string): Promise<SoundResult> {
    if (running) return { kind: 'busy' }
    const way = options.wayOut(line, number)
    if (!way) return { kind: 'no-way' }
    let told = ''
    const request = (host: string) => {
      told = host
      return way.request(host)
    }
    const { to, publicAddress } = way
    const leg = legs.call({ phone: CLIP, srtp: line.srtp, to, request, beside: undefined, publicAddress })
    running = { line, number, leg }
    try {
      const gone = await answered(leg, clock)
      if (gone)
        return gone.status === undefined ? { kind: 'unanswered' } : { kind: 'refused', status: gone.status }
      // Time that is spent on encoding is not the line's.
      await media.prepareClip(CLIP, leg.session?.codec)
      const heard = await listen(leg, clock)
      leg.hangUp(false)
      const { packetsSent = 0, packetsReceived = 0, packetsLost = 0, jitterMs = 0 } = (await leg.closed) ?? {}
      return { kind: 'heard', heard, told, packetsSent, packetsReceived, packetsLost, jitterMs }
    } finally {
      running = undefined
    }
  }

  return {
    run,
    takes(line, invite, legOf) {
      const { number } = identifyCaller(invite.request.headers, line).facts
      if (running?.line.id !== line.id || number === null) return false
      const ours = [running.line.number, running.line.account?.user].flatMap((one) =>
        one == null ? [] : [comparable(one)],
      )
      const isOurs = (number: string) => ours.some((one) => isSameNumber(one, comparable(number)))
      if (!isOurs(number) || !isOurs(running.number)) return false
      echoCaller({ ...legOf(), invite, media, clock })
      return true
    },
    close: () => running?.leg.hangUp(false),
  }
}

/** Resolves when it is answered; with how it ended, where it is not. */
function answered(leg: Leg, clock: Clock): Promise<Extract<LegEvent, { kind: 'gone' }> | undefined> {
  return new Promise((resolve) => {
    const patience = clock.setTimer(ANSWER_MS, () => {
      leg.withdraw(false)
      resolve({ kind: 'gone' })
    })
    leg.onEvent = (event) => {
      if (event.kind === 'transfer') event.refuse(603)
      if (event.kind !== 'ready' && event.kind !== 'gone') return
      patience.cancel()
      resolve(event.kind === 'gone' ? event : undefined)
    }
  })
}

/** Sends the pattern again and again, until it has come back, the other side has gone, or time is over. */
function listen(leg: Leg, clock: Clock): Promise<Heard> {
  const { session } = leg
  const levels: Level[] = []
  const sentAt: number[] = []
  const endsAt = clock.monotonic() + LISTEN_MS
  return new Promise((resolve) => {
    let timer: Timer | undefined
    const done = () => {
      timer?.cancel()
      session?.meter(undefined)
      resolve(judgeHeard(sentAt, levels))
    }
    leg.onEvent = (event) => {
      if (event.kind === 'transfer') event.refuse(603)
      if (event.kind === 'gone') done()
    }
    const send = () => {
      const last = sentAt.slice(-1)
      // It may have gone while nobody listened yet.
      const isOver = clock.monotonic() >= endsAt || !leg.session
      if (isOver || judgeHeard(last, levels).kind === 'echo') return done()
      sentAt.push(clock.monotonic())
      session?.play(CLIP, CLIP)
      timer = clock.setTimer(CYCLE_MS, send)
    }
    session?.meter((peak) => levels.push({ at: clock.monotonic(), peak }))
    send()
  })
}
