import type { Endpoint, InviteEvent, InviteOptions, OutgoingInvite } from '../../sip/endpoint.ts'
import { readDialogEvent } from './dialog-event.ts'
import { type Leg, reasonFor } from './leg.ts'
import { openSound, type Sound, type SoundOptions, sdp } from './sound.ts'

export interface OutgoingLegOptions extends Omit<SoundOptions, 'onDigit' | 'onLost'> {
  readonly endpoint: Pick<Endpoint, 'invite'>
  readonly phone: string
  /** The INVITE, but for its body. */
  readonly request: Omit<InviteOptions, 'body'>
}

type Wish = 'call' | 'withdraw' | 'hang-up'

/** Calls a phone. `ready` when it has answered and sound can flow; `gone` when it refuses, or can't be called. */
export function callPhone(options: OutgoingLegOptions): Leg {
  const { endpoint, phone, request } = options
  const closed = Promise.withResolvers<Awaited<Leg['closed']>>()
  let invite: OutgoingInvite | undefined
  let sound: Sound | undefined
  let over = false
  let wish: Wish = 'call'
  let answered = false

  const end = (status?: number): void => {
    if (over) return
    over = true
    leg.onEvent({ kind: 'gone', ...(status !== undefined && { status }) })
    closed.resolve(sound?.close())
  }

  const onSignal = (event: InviteEvent): void => {
    switch (event.kind) {
      case 'progress':
        return leg.onEvent({ kind: 'rings' })
      case 'confirmed':
        return confirmed(event.body?.bytes)
      case 'renegotiate':
      case 'info':
      case 'refer':
      case 'cut-off':
        return readDialogEvent(event, sound, (told) => leg.onEvent(told))
      case 'ended':
        return end(event.status)
    }
  }

  const confirmed = (body: Buffer | undefined): void => {
    if (sound?.negotiation.awaitsAnswer && !(body && sound.negotiation.takeAnswer(body)))
      return invite?.hangUp()
    sound?.apply()
    if (answered) return
    answered = true
    leg.onEvent({ kind: 'ready' })
  }

  const begin = (opened: Sound): void => {
    sound = opened
    if (wish !== 'call') return end()
    invite = endpoint.invite({ ...request, body: sdp(opened.negotiation.offer()) })
    invite.onEvent = onSignal
  }
  const lost = () => {
    invite?.hangUp()
    end()
  }

  const leg: Leg = {
    phone,
    get dialog() {
      return invite?.dialogId ?? { callId: '', localTag: '', remoteTag: undefined }
    },
    get session() {
      return over ? undefined : sound?.session
    },
    onEvent: () => {},
    ring: () => {},
    accept: () => {},
    refuse: () => {},
    withdraw(elsewhere) {
      wish = 'withdraw'
      invite?.withdraw(reasonFor(elsewhere))
    },
    hangUp(elsewhere) {
      wish = 'hang-up'
      invite?.hangUp(reasonFor(elsewhere))
    },
    closed: closed.promise,
  }
  openSound({ ...options, onDigit: (digit) => leg.onEvent({ kind: 'digit', digit }), onLost: lost }).then(
    begin,
    () => end(503),
  )
  return leg
}
