import type { Phase } from '../../call/state.ts'
import type { Clock, Timer } from '../../shared/clock.ts'
import { runMachine, unreachable } from '../../shared/step.ts'
import type { Referral } from '../../sip/endpoint.ts'
import type { AskedBack, TransferEvent } from '../house/house-call.ts'
import type { Leg, LegEvent } from '../leg/leg.ts'
import type { Phone } from '../phone.ts'
import { askBeforeTalk, type Question } from './ask-before-talk.ts'
import type { OwnerFact, OwnerOrder, Purpose, Stage } from './facts.ts'
import type { ScreenedCall } from './screened-call.ts'
import { stageOf } from './stage-of.ts'
import { type LegStage, NOBODY, type OwnerSide } from './state.ts'
import { stepOwnerSide } from './step.ts'

/** Who rings for a call, listens to it, talks. */
export interface OwnerView {
  readonly ringing: readonly string[]
  readonly listeners: readonly { readonly phone: string; readonly since: number }[]
  readonly pickedUpBy: string | null
}

/** The owner's side of a call that goes on. */
export interface OwnerCall {
  readonly call: ScreenedCall
  readonly stage: Stage
  readonly view: OwnerView
  /** The leg that has the caller. */
  readonly talker: Leg | undefined
  /** The screening machine has moved on. `isHeldBack`: the caller has not passed the gate. */
  moved(phase: Phase, isHeldBack: boolean): void
  /** The screening machine's orders about a leg, by the name that it knows it under. */
  obey(order: 'connect' | 'disconnect' | 'too-late', leg: string): void
  /** A phone has called to pick up, or to listen. `by`: who does it, for the audit, where that is not the phone. */
  take(leg: Leg, purpose: 'talk' | 'listen', by?: string): Taken
  /** Calls a phone to talk, or to listen. False when it is nowhere. */
  summon(phone: Phone, how: Summons): boolean
  /** The owner who talks wants to give the caller to whom she talks with in another call, and says so in that. */
  giveTo(other: AskedBack, event: TransferEvent): void
  /** A phone has registered: it rings too, if it should. */
  registered(phone: Phone): void
  /** A phone was removed, or has another password: it rings and listens no more. Who talks is not cut off. */
  forget(phone: string): void
}

/** A leg that was taken into a call. */
export interface Taken {
  /** Who listens wants to talk. */
  pickUp(): void
}

export interface Summons {
  readonly purpose: 'talk' | 'listen'
  /** The phone is to answer by itself: somebody stands before it and has said so. */
  readonly autoAnswer: boolean
  /** Who wants it, for the audit. */
  readonly by: string
}

export interface OwnerCallOptions {
  readonly call: ScreenedCall
  /** The phones of the call's mailbox. */
  readonly phones: () => readonly Phone[]
  /** Calls every place where a phone is registered. */
  readonly callPhone: (phone: Phone, how: CallOptions) => readonly Leg[]
  /** The phone that a transfer goes to. */
  readonly phoneAt: (uri: string) => Phone | undefined
  readonly phoneNamed: (name: string) => Phone | undefined
  /** Whom this owner asks back, in the call with this dialog: attended transfer. */
  readonly askedBack: (reference: NonNullable<TransferEvent['replaces']>) => AskedBack | undefined
  /** The key by which a listener picks up. */
  readonly pickUpKey: string
  /** Whether phones may ring for it by themselves, and speakers answer: asked when they would. */
  readonly mayRing: () => boolean
  /** See `Unhurried`. */
  readonly later: (act: () => void) => void
  readonly clock: Clock
  /** Nothing of it is left. */
  readonly onClosed: () => void
}

export interface CallOptions {
  readonly autoAnswer: boolean
  /** Places that are passed over; those that are called are added. */
  readonly but?: Set<string>
  /** A call of the phone's, whose place the new one is to take (RFC 3891). */
  readonly replaces?: Leg['dialog']
}

/** What a phone that is known no longer is not to go on with. */
const BARRED: ReadonlySet<string> = new Set<LegStage>(['calling', 'withdrawn', 'deciding', 'listening'])

/** How long the target of a transfer may ring. */
const TRANSFER_RING_MS = 30_000

/** Runs the owner's side of one call: phones' doings in as facts, orders out to their legs and to the screening machine. */
export function runOwnerCall(options: OwnerCallOptions): OwnerCall {
  const { call, clock, later } = options
  const legs = new Map<string, Leg>()
  const since = new Map<string, number>()
  const summonedBy = new Map<string, string>()
  const questions = new Map<string, Question>()
  /** Where it has rung for this call: who registers again is not rung again. */
  const rung = new Set<string>()
  let referral: Referral | undefined
  let transferTimer: Timer | undefined
  let count = 0
  const machine = runMachine<OwnerSide, OwnerFact, OwnerOrder>(stepOwnerSide, NOBODY, carryOut)

  const ringing = () => options.phones().filter(({ name }) => call.mayRing(name))

  function send(fact: OwnerFact): void {
    machine.send(fact)
    if (!machine.state.transfer) transferTimer?.cancel()
    call.changed()
    if (machine.state.stage === 'over' && legs.size === 0) options.onClosed()
  }

  function carryOut(order: OwnerOrder): void {
    switch (order.kind) {
      case 'ring-phones':
        for (const phone of ringing())
          later(() => {
            if (machine.state.stage === 'ringing' && options.mayRing())
              callAll(phone, 'ring', { autoAnswer: false, but: rung })
          })
        return
      case 'call-speakers':
        for (const phone of ringing().filter(({ speaker }) => speaker))
          later(() => {
            if (machine.state.stage === 'screening' && options.mayRing())
              callAll(phone, 'speaker', { autoAnswer: true })
          })
        return
      case 'act':
        return call.act(order.act)
      case 'accept':
        return legs.get(order.leg)?.accept()
      case 'refuse':
        return legs.get(order.leg)?.refuse(order.status)
      case 'withdraw':
        return later(() => {
          // Whoever has answered meanwhile is not rung off any more.
          if (machine.state.legs.get(order.leg)?.stage === 'withdrawn')
            legs.get(order.leg)?.withdraw(order.elsewhere)
        })
      case 'hang-up':
        return later(() => legs.get(order.leg)?.hangUp(order.elsewhere))
      case 'ask':
        return ask(order.leg)
      case 'do':
        return call.do(order.act, order.phone)
      case 'hear':
        return hear(order.leg)
      case 'talk':
        return talk(order.leg)
      case 'tell-transfer':
        return referral?.progress(order.status)
      default:
        return unreachable(order)
    }
  }

  function ask(id: string): void {
    const session = legs.get(id)?.session
    if (!session) return
    const onDecided: Parameters<typeof askBeforeTalk>[0]['onDecided'] = (decision) => {
      questions.delete(id)
      send({ kind: 'decided', leg: id, decision })
    }
    questions.set(id, askBeforeTalk({ session, announcement: call.announcement(), clock, onDecided }))
  }

  function hear(id: string): void {
    const leg = legs.get(id)
    if (!leg) return
    since.set(id, clock.now())
    connect(leg)
    call.note('listened-in', leg.phone, summonedBy.get(id))
  }

  function talk(id: string): void {
    const leg = legs.get(id)
    if (!leg) return
    connect(leg)
    call.hear(leg.session)
    const what = machine.state.legs.get(id)?.purpose === 'transfer' ? 'transferred' : 'picked-up'
    call.note(what, leg.phone, summonedBy.get(id))
  }

  function connect(leg: Leg): void {
    const gainDb = options.phones().find(({ name, speaker }) => speaker && name === leg.phone)?.speakerGainDb
    leg.session?.hear(call.session, { pace: 'as-it-comes', ...(gainDb ? { gainDb } : {}) })
  }

  /** Calls a phone wherever it is registered. Returns in how many places. */
  function callAll(phone: Phone, purpose: Purpose, how: CallOptions, by?: string): number {
    const called = options.callPhone(phone, how)
    for (const leg of called) {
      const id = hold(leg)
      if (by !== undefined) summonedBy.set(id, by)
      send({ kind: 'calling', leg: id, phone: phone.name, purpose })
    }
    return called.length
  }

  /** Keeps a leg under a name of its own, and hears of it. */
  function hold(leg: Leg): string {
    const id = `${leg.phone}#${++count}`
    legs.set(id, leg)
    leg.onEvent = (event) => heard(id, event)
    return id
  }

  function heard(id: string, event: LegEvent): void {
    switch (event.kind) {
      case 'rings':
        return send({ kind: 'rings', leg: id })
      case 'ready':
        return send({ kind: 'answered', leg: id, asksFirst: call.isAnnounced })
      case 'digit':
        questions.get(id)?.digit(event.digit)
        if (event.digit === options.pickUpKey) send({ kind: 'wants-to-talk', leg: id })
        return
      case 'played':
        return questions.get(id)?.played(event.mark)
      case 'take-ended':
        return
      case 'transfer':
        return transfer(id, event)
      case 'gone':
        questions.get(id)?.close()
        questions.delete(id)
        legs.delete(id)
        since.delete(id)
        summonedBy.delete(id)
        if (machine.state.talker === id) call.hear(undefined)
        return send({ kind: 'gone', leg: id, ...(event.status !== undefined && { status: event.status }) })
      default:
        return unreachable(event)
    }
  }

  function transfer(id: string, event: TransferEvent): void {
    if (machine.state.talker !== id || machine.state.transfer) return event.refuse(603)
    if (event.replaces) return attended(id, event, options.askedBack(event.replaces))
    const phone = options.phoneAt(event.to)
    if (!phone) return event.refuse(404)
    send({ kind: 'transfer', leg: id })
    referral = event.accept()
    ringForTransfer(phone, { autoAnswer: false })
  }

  function ringForTransfer(phone: Phone, how: CallOptions): void {
    if (callAll(phone, 'transfer', how) === 0) return send({ kind: 'transfer-failed', status: 480 })
    transferTimer = clock.setTimer(TRANSFER_RING_MS, () => {
      const { targets } = machine.state.transfer ?? {}
      for (const target of targets ?? []) legs.get(target)?.withdraw(false)
    })
  }

  function attended(id: string, event: TransferEvent, back: AskedBack | undefined): void {
    if (!back) return event.refuse(481)
    const { phone, session, dialog } = back.leg
    const together = call.session !== undefined && session?.isBeside(call.session) === true
    const known = options.phoneNamed(phone)
    if (!together && !known) return event.refuse(488)
    send({ kind: 'transfer', leg: id })
    referral = event.accept()
    if (together) {
      back.takeOver()
      send({ kind: 'adopted', leg: hold(back.leg), phone })
      return back.letGo()
    }
    // The two sounds are on different threads and can't be joined, as they talked before the caller came: a new call
    // takes the place of theirs. A phone that does not know Replaces rings.
    if (known) ringForTransfer(known, { autoAnswer: false, replaces: dialog })
  }

  const owner: OwnerCall = {
    call,
    get stage() {
      return machine.state.stage
    },
    get talker() {
      return legs.get(machine.state.talker ?? '')
    },
    get view() {
      return viewOf(machine.state, since)
    },
    moved: (phase, isHeldBack) => send({ kind: 'stage', stage: stageOf(phase, isHeldBack) }),
    obey: (order, leg) => send({ kind: order, leg }),
    take(leg, purpose, by) {
      const id = hold(leg)
      if (by !== undefined) summonedBy.set(id, by)
      // Its `ready` means that it may be answered; what it wants is known already.
      leg.onEvent = (event) =>
        event.kind === 'ready' ? send({ kind: 'asks', leg: id, phone: leg.phone, purpose }) : heard(id, event)
      return { pickUp: () => send({ kind: 'wants-to-talk', leg: id }) }
    },
    summon: (phone, { purpose, autoAnswer, by }) => callAll(phone, purpose, { autoAnswer }, by) > 0,
    giveTo(other, event) {
      const { talker, transfer: another } = machine.state
      if (talker === undefined || another) event.refuse(603)
      else attended(talker, event, other)
    },
    registered(phone) {
      if (machine.state.stage === 'ringing' && options.mayRing() && call.mayRing(phone.name))
        callAll(phone, 'ring', { autoAnswer: false, but: rung })
    },
    forget(phone) {
      for (const [id, leg] of machine.state.legs)
        if (leg.phone === phone && BARRED.has(leg.stage)) legs.get(id)?.hangUp(false)
    },
  }
  return owner
}

function viewOf(side: OwnerSide, since: ReadonlyMap<string, number>): OwnerView {
  const legs = [...side.legs]
  const names = (wanted: (purpose: Purpose, stage: string) => boolean) => [
    ...new Set(legs.filter(([, leg]) => wanted(leg.purpose, leg.stage)).map(([, leg]) => leg.phone)),
  ]
  return {
    ringing: names((purpose, stage) => purpose === 'ring' && (stage === 'calling' || stage === 'deciding')),
    listeners: legs
      .filter(([, leg]) => leg.stage === 'listening')
      .map(([id, leg]) => ({ phone: leg.phone, since: since.get(id) ?? 0 })),
    pickedUpBy: side.legs.get(side.talker ?? '')?.phone ?? null,
  }
}
