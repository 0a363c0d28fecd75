import { makeOffer, readAnswer, type SdesSide } from '../../sdp/index.ts'
import { bracketed } from '../../shared/bracketed.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Random } from '../../shared/random.ts'
import type { InviteEvent } from '../../sip/endpoint.ts'
import { openEndpoint } from '../../sip/index.ts'
import { createBeepEar } from './hear-beep.ts'
import type { CallTransport } from './read-target.ts'
import { openRtpVoice } from './rtp-voice.ts'

export interface PlaceCallOptions {
  /** Where the machine listens. */
  readonly host: string
  readonly port: number
  readonly transport: CallTransport
  /** Sound is encrypted (RFC 4568), or there is no call. */
  readonly srtp: boolean
  /** Whose certificates are good, over TLS; those that this system trusts unless given. */
  readonly authorities?: readonly string[]
  /** The line to call. */
  readonly user: string
  readonly from: { readonly number: string; readonly name: string | undefined }
  /** The address to call from: one that reaches the machine. */
  readonly localAddress: string
  /** What the caller says after the beep: 8 kHz mono PCM. */
  readonly speech: Int16Array
  readonly clock: Clock
  readonly random: Random
  /** A line for the person who watches. */
  readonly tell: (what: string) => void
}

const TRANSPORT_PARAM = { udp: '', tcp: '', tls: ';transport=tls' } as const

/** A line rings for 120 seconds at most before its machine answers; one that is switched off never does. */
const RING_PATIENCE_MS = 125_000
/** Without a beep by then, the caller speaks all the same. */
const BEEP_PATIENCE_MS = 60_000
const WORDS = {
  beep: 'beep: speaking …',
  'no-beep': `no beep in ${BEEP_PATIENCE_MS / 1000} seconds: speaking all the same …`,
  over: 'hung up before the beep; nothing was said.',
} as const
/** A moment of silence before hanging up, as people do. */
const BREATH_MS = 300

/**
 * A test caller: calls, waits for the answer and the beep, speaks, hangs up. Rejects with AP_CALL_REFUSED or
 * AP_CALL_UNANSWERED.
 */
export async function placeCall(options: PlaceCallOptions): Promise<void> {
  const { host, port, clock, random, tell } = options
  const sdes: SdesSide | undefined = options.srtp
    ? { use: 'required', isPrivate: options.transport === 'tls', random }
    : undefined
  const beepOver = Promise.withResolvers<void>()
  const hear = createBeepEar()
  await using voice = await openRtpVoice({
    address: options.localAddress,
    clock,
    random,
    onFrame: (pcm) => hear(pcm) && beepOver.resolve(),
  })
  const endpoint = await openEndpoint({
    listen: [{ address: options.localAddress, port: 0 }],
    clock,
    random,
    ...(options.authorities && { authorities: options.authorities }),
    events: { onInvite: (invite) => invite.reject(486) },
  })
  try {
    const unanswered = (why: string) => new AnswerphoneError('AP_CALL_UNANSWERED', { host, port, why })
    const offer = makeOffer({
      address: options.localAddress,
      port: voice.port,
      codecs: ['PCMU', 'PCMA'],
      sessionId: random.uint32(),
      version: 1,
      ...(sdes && { sdes }),
    })
    const answered = Promise.withResolvers<Buffer>()
    const over = Promise.withResolvers<void>()
    const call = endpoint.invite({
      uri: `sip:${encodeURIComponent(options.user)}@${bracketed(host)}:${port}${TRANSPORT_PARAM[options.transport]}`,
      to: { transport: options.transport, address: host, port },
      from: {
        displayName: options.from.name,
        uri: `sip:${encodeURIComponent(options.from.number)}@${bracketed(options.localAddress)}`,
        params: new Map(),
      },
      body: { contentType: 'application/sdp', bytes: offer },
    })
    call.onEvent = (event: InviteEvent) => {
      if (event.kind === 'progress') tell(event.status === 180 ? 'it rings …' : `${event.status} …`)
      if (event.kind === 'confirmed') answered.resolve(event.body?.bytes ?? Buffer.alloc(0))
      if (event.kind === 'renegotiate' || event.kind === 'refer') event.refuse()
      if (event.kind !== 'ended') return
      answered.reject(
        event.status === undefined
          ? unanswered('is the machine running, and does the line trust this address?')
          : new AnswerphoneError('AP_CALL_REFUSED', { status: event.status, line: options.user }),
      )
      over.resolve()
    }

    using ringing = clock.setTimer(RING_PATIENCE_MS, () => {
      answered.reject(
        unanswered(
          `it rang for ${RING_PATIENCE_MS / 1000} seconds. Is the machine switched off? \`answerphone switches\` tells.`,
        ),
      )
      call.hangUp()
    })
    const answer = await answered.promise
    ringing.cancel()
    const settled = readAnswer(answer, offer, { ...(sdes && { sdes }) })
    if (!settled.ok) throw new AnswerphoneError('AP_CALL_REFUSED', { status: 488, line: options.user })
    tell(`answered${sdes ? ', encrypted' : ''}; listening to the greeting …`)
    voice.begin(settled.flow)
    const patience = Promise.withResolvers<'no-beep'>()
    using impatience = clock.setTimer(BEEP_PATIENCE_MS, () => patience.resolve('no-beep'))
    const heard = await Promise.race([
      beepOver.promise.then(() => 'beep' as const),
      patience.promise,
      over.promise.then(() => 'over' as const),
    ])
    impatience.cancel()
    tell(WORDS[heard])
    if (heard === 'over') return
    await Promise.race([voice.say(options.speech), over.promise])
    await Promise.race([new Promise<void>((rested) => void clock.setTimer(BREATH_MS, rested)), over.promise])
    call.hangUp()
    await over.promise
    tell('hung up.')
  } finally {
    await endpoint.close()
  }
}
