import type { CodecName, Flow, HearOptions, MediaEngine, MediaSession } from '../../media/engine.ts'
import type { OwnerCall } from '../../owner/call/run-owner-call.ts'
import type { Leg, LegEvent } from '../../owner/leg/leg.ts'

export interface JoinOptions {
  readonly call: OwnerCall
  readonly media: Pick<MediaEngine, 'openSession'>
  /** Of whoever is in the menu. */
  readonly session: MediaSession
  /** How it hears: a stream that has begun at its own pace has to go on so. */
  readonly pace: HearOptions['pace']
  /** As the page names whoever listens. */
  readonly name: string
  /** As the audit does; absent: it is a phone of that name. */
  readonly by: string | undefined
  /** The call is over, or somebody else's. */
  readonly onOver: () => void
}

/** Somebody in a menu, who is in a call, too. */
export interface Joined {
  /** Wants to talk to the caller. */
  pickUp(): void
  /** Goes away from the call. Who talks ends it by that. No `onOver` follows. */
  leave(): void
}

const LOOPBACK = '127.0.0.1'
const PAYLOAD_TYPES: Readonly<Record<CodecName, number>> = { PCMU: 0, PCMA: 8, G722: 9, opus: 96 }

/**
 * Lets whoever is in a menu hear a call that goes on, and pick it up. Her sound came up before, on whichever thread, and what
 * hears each other has to be on one: so two sessions stand in for her, one beside the caller's and one beside her own, that
 * talk to each other by RTP on loopback. To the call, the first of them is a phone that has dialled to listen.
 *
 * Rejects with AP_MEDIA_* where no ports can be had, or a thread has died.
 */
export async function joinCall(options: JoinOptions): Promise<Joined> {
  const { call, media, session, pace, name, by, onOver } = options
  const caller = call.call.session
  if (!caller) throw new Error('the call has no sound any more')
  const there = await media.openSession(LOOPBACK, () => {}, { beside: caller })
  const here = await media
    .openSession(LOOPBACK, () => {}, { beside: session })
    .catch(async (error: unknown) => {
      await there.close()
      throw error
    })
  const codec = caller.codec ?? 'PCMU'
  there.setFlow(flowTo(here, codec))
  here.setFlow(flowTo(there, codec))
  here.hear(session, { pace: 'as-it-comes' })
  session.hear(here, { pace })

  const closed = Promise.withResolvers<undefined>()
  let onEvent: (event: LegEvent) => void = () => {}
  let isOver = false
  function end(): void {
    if (isOver) return
    isOver = true
    session.hear(undefined)
    onEvent({ kind: 'gone' })
    void Promise.all([there.close(), here.close()]).then(() => closed.resolve(undefined))
  }
  const endByCall = (): void => {
    if (isOver) return
    end()
    onOver()
  }
  const leg: Leg = {
    phone: name,
    // No dialog of SIP's: nobody can name it.
    dialog: { callId: '', localTag: '', remoteTag: undefined },
    get session() {
      return isOver ? undefined : there
    },
    get onEvent() {
      return onEvent
    },
    set onEvent(take) {
      onEvent = take
    },
    ring() {},
    accept() {},
    refuse: endByCall,
    withdraw: endByCall,
    hangUp: endByCall,
    closed: closed.promise,
  }
  const taken = call.take(leg, 'listen', by)
  leg.onEvent({ kind: 'ready' })
  return { pickUp: () => taken.pickUp(), leave: end }
}

const flowTo = ({ local }: MediaSession, codec: CodecName): Flow => ({
  codec,
  payloadType: PAYLOAD_TYPES[codec],
  remote: { ...local, rtcpPort: local.port + 1 },
  ptimeMs: 20,
  send: true,
  receive: true,
})
