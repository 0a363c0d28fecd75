import type { MediaEvent } from '../../media/engine.ts'
import type { HeaderLine, IncomingInvite, InviteEvent } from '../../sip/endpoint.ts'
import { warningOf } from '../../sip/message/warning.ts'
import { readDialogEvent } from './dialog-event.ts'
import { type Leg, type LegEvent, reasonFor } from './leg.ts'
import { openSound, type Sound, type SoundOptions, sdp } from './sound.ts'

export interface IncomingLegOptions extends Omit<SoundOptions, 'onDigit' | 'onMedia' | 'onLost'> {
  readonly invite: IncomingInvite
  readonly phone: string
}

/**
 * A phone that calls us. `ready` when there is sound to answer it with; when there is none (no codec in common: 488, no
 * port: 503) it is refused, and `gone`.
 */
export function takePhone(options: IncomingLegOptions): Leg {
  const { invite, phone } = options
  const closed = Promise.withResolvers<Awaited<Leg['closed']>>()
  const early: LegEvent[] = []
  let sound: Sound | undefined
  let over = false
  let listener: ((event: LegEvent) => void) | undefined

  const tell = (event: LegEvent): void => {
    if (listener) listener(event)
    else early.push(event)
  }
  const end = (status?: number): void => {
    if (over) return
    over = true
    tell({ kind: 'gone', ...(status !== undefined && { status }) })
    closed.resolve(sound?.close())
  }
  const reject = (status: number, headers?: readonly HeaderLine[]): void => {
    invite.reject(status, headers)
    end(status)
  }

  const onSignal = (event: InviteEvent): void => {
    switch (event.kind) {
      case 'confirmed':
        // The answer to the offer in our 200, when the phone's INVITE had none (RFC 3261 §13.2.1).
        if (
          sound?.negotiation.awaitsAnswer &&
          !(event.body && sound.negotiation.takeAnswer(event.body.bytes))
        )
          return invite.hangUp()
        return sound?.apply()
      case 'renegotiate':
      case 'info':
      case 'refer':
      case 'cut-off':
        return readDialogEvent(event, sound, tell)
      case 'ended':
        return end()
      case 'progress':
        return
    }
  }
  invite.onEvent = onSignal

  const lost = () => {
    invite.hangUp()
    end()
  }
  const onMedia = (event: MediaEvent): void => {
    if (event.kind === 'played') tell(event)
    if (event.kind === 'take-ended') tell({ kind: 'take-ended', take: event.take })
    if (event.kind === 'take-lost') tell({ kind: 'take-ended', take: undefined })
  }
  openSound({ ...options, onDigit: (digit) => tell({ kind: 'digit', digit }), onMedia, onLost: lost }).then(
    (opened) => {
      sound = opened
      if (over) return closed.resolve(opened.close())
      const refusal = invite.offer && opened.negotiation.takeOffer(invite.offer.bytes)
      if (refusal) return reject(refusal.status, [warningOf(refusal.why)])
      opened.session.codec = opened.negotiation.flow?.codec
      tell({ kind: 'ready' })
    },
    () => (over ? closed.resolve(undefined) : reject(503, [['Retry-After', '10']])),
  )

  return {
    phone,
    get dialog() {
      return invite.dialogId
    },
    get session() {
      return over ? undefined : sound?.session
    },
    get onEvent() {
      return listener ?? (() => {})
    },
    set onEvent(onEvent) {
      listener = onEvent
      for (const event of early.splice(0)) onEvent(event)
    },
    ring(heard = false) {
      const { negotiation } = sound ?? {}
      if (invite.wantsEarlyOffer && negotiation && !negotiation.flow && !negotiation.awaitsAnswer)
        return invite.ring(sdp(negotiation.offer()), 180)
      // To an INVITE without an offer there is nothing yet to hear by.
      if (!heard || !sound?.negotiation.flow) return invite.ring()
      invite.ring(sdp(sound.negotiation.answer()))
      sound.applyEarly()
    },
    accept() {
      if (!sound) return
      const { negotiation } = sound
      const isDescribed = negotiation.flow !== undefined || negotiation.awaitsAnswer
      invite.accept(sdp(isDescribed ? negotiation.answer() : negotiation.offer()))
      sound.apply()
    },
    refuse: reject,
    withdraw: () => {},
    hangUp: (elsewhere, headers = []) => invite.hangUp([...reasonFor(elsewhere), ...headers]),
    closed: closed.promise,
  }
}
