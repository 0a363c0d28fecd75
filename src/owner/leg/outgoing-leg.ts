import type { MediaEvent } from '../../media/engine.ts'
import type { Endpoint, InviteEvent, InviteOptions, OutgoingInvite } from '../../sip/endpoint.ts'
import { readDialogEvent } from './dialog-event.ts'
import { type Leg, reasonFor } from './leg.ts'
import { openSound, type Sound, type SoundOptions, sdp } from './sound.ts'

export interface OutgoingLegOptions extends Omit<SoundOptions, 'onDigit' | 'onMedia' | 'onLost'> {
  readonly endpoint: Pick<Endpoint, 'invite'>
  readonly phone: string
  /** The INVITE, but for its body. */
  readonly request: Omit<InviteOptions, 'body'>
  /** Sound that comes before the answer is to be heard. A phone's never is. */
  readonly hearsEarly?: boolean | undefined
  /** The INVITE has left: the Call-ID of its dialog. */
  readonly onCalled?: ((callId: string) => void) | undefined
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

  /** What early dialogs sound like, by their tags, the last to speak last (RFC 3960 §3.1 leaves it to us). */
  const early = new Map<string, Buffer>()

  const end = (status?: number, causes?: readonly string[]): void => {
    if (over) return
    over = true
    leg.onEvent({ kind: 'gone', ...(status !== undefined && { status }), ...(causes && { causes }) })
    closed.resolve(sound?.close())
  }

  const onSignal = (event: InviteEvent): void => {
    switch (event.kind) {
      case 'progress':
        return progress(event)
      case 'confirmed':
        return confirmed(event.body?.bytes)
      case 'renegotiate':
      case 'info':
      case 'refer':
      case 'cut-off':
        return readDialogEvent(event, sound, (told) => leg.onEvent(told))
      case 'ended':
        return end(event.status, event.causes ?? event.request?.headers.values('Reason'))
    }
  }

  const progress = ({ status, dialog = '', body }: Extract<InviteEvent, { kind: 'progress' }>): void => {
    if (!options.hearsEarly) return leg.onEvent({ kind: 'rings' })
    if (body || status === 199) early.delete(dialog)
    if (body) early.set(dialog, body.bytes)
    // RFC 6228 §4: that branch is silent from now on; another may be heard.
    const heard = body || status === 199 ? [...early.values()].at(-1) : undefined
    if (heard && sound?.negotiation.takeEarlyAnswer(heard)) {
      sound.applyEarly()
      leg.onEvent({ kind: 'rings', heard: true })
    } else if (status !== 199) leg.onEvent({ kind: 'rings' })
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
    options.onCalled?.(invite.dialogId.callId)
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
    hangUp(elsewhere, headers = []) {
      wish = 'hang-up'
      invite?.hangUp([...reasonFor(elsewhere), ...headers])
    },
    closed: closed.promise,
  }
  const onDigit = (digit: string) => leg.onEvent({ kind: 'digit', digit })
  const onMedia = (event: MediaEvent) => event.kind === 'played' && leg.onEvent(event)
  openSound({ ...options, onDigit, onMedia, onLost: lost }).then(begin, () => end(503))
  return leg
}
