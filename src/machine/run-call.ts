import type { Fact, OwnerAct } from '../call/facts.ts'
import type { Ending, Order, TimerName } from '../call/orders.ts'
import type { Plan } from '../call/plan.ts'
import { stepScreening } from '../call/screening.ts'
import type { ScreeningState } from '../call/state.ts'
import { type CallerLeg, openCallerLeg } from '../caller/leg.ts'
import type { TakeMeta } from '../mailbox/mailbox.ts'
import { isNameTake } from '../mailbox/take-meta.ts'
import type { FlowStats, MediaEngine } from '../media/engine.ts'
import type { RecordedTake } from '../media/recorder/recorder.ts'
import { hearKey, type PinEar } from '../menu/pin-ear.ts'
import type { OwnerCall } from '../owner/call/run-owner-call.ts'
import type { Note, ScreenedCall } from '../owner/call/screened-call.ts'
import type { CallerFacts } from '../rules/caller-facts.ts'
import type { DecidingRule } from '../rules/decide.ts'
import type { OwnerPlan } from '../rules/owner-plan.ts'
import type { IceCredentials, SdesSide } from '../sdp/index.ts'
import type { Attestation } from '../shared/attestation.ts'
import type { GateEnd } from '../shared/caller-gate.ts'
import type { Clock, Timer } from '../shared/clock.ts'
import { encryptedOf } from '../shared/encrypted.ts'
import type { MakeId } from '../shared/ids.ts'
import { runMachine, unreachable } from '../shared/step.ts'
import type { IncomingInvite } from '../sip/endpoint.ts'
import { localAddressToward } from '../sip/transport/local-address.ts'
import type { SaidName } from '../store/model.ts'
import { clipIn } from './clips.ts'
import type { Entry } from './line-book.ts'
import { isHeldBack, viewOf } from './live-view.ts'
import type { LiveCall } from './machine.ts'
import type { RemoteDoor } from './menu/menus.ts'
import { isGreetingTake, type Menu } from './menu/run-menu.ts'

/** A call that goes on, as the machine holds it. */
export interface RunningCall {
  readonly view: LiveCall
  /** The caller's leg's dialog. */
  readonly dialog: ScreenedCall['dialog']
  readonly owner: OwnerCall
  /** The owner's act, as a fact for the screening machine; false when it changed nothing. */
  act(act: OwnerAct): boolean
  /** What was found out of the caller's number, beside the call. */
  attest(attestation: Attestation): void
  /** The name that was said at the gate can be played from now on. */
  named(name: SaidName): void
  /** See `MediaSession.meter`. */
  meter(onPeak: ((peak: number) => void) | undefined): void
  /** The machine stops: to the call, that is as if its media were lost. */
  giveUp(): void
}

export interface RunCallOptions {
  readonly id: string
  /** Names the take, and the message that becomes of it. */
  readonly messageId: string
  /** Names the takes of a conversation and of a name. */
  readonly makeId: MakeId
  readonly invite: IncomingInvite
  readonly caller: CallerFacts
  /** The owner knows the caller. */
  readonly isKnown: boolean
  readonly entry: Entry
  readonly plan: Plan
  /** What decided it. */
  readonly rule: DecidingRule | null
  /** What the owner's side does with it. */
  readonly ours: OwnerPlan
  readonly phoneNamed: (id: string) => string | undefined
  readonly media: MediaEngine
  /** The owner's side of the call. */
  readonly openOwner: (call: ScreenedCall) => OwnerCall
  readonly publicAddress?: string | undefined
  readonly sessionId: number
  /** Set when the caller is a browser. */
  readonly browser?: IceCredentials
  /** How the caller's sound is encrypted. */
  readonly sdes: SdesSide
  /** What the owner finds here who calls from afar; absent: nothing. */
  readonly remote?: RemoteDoor
  /** What owners hear of who has said a name; `named` resolves when it is kept. */
  readonly announce: (named: Promise<void>) => Promise<readonly string[]>
  /** Whether a recording that starts now would fail: asked when the call arrives. */
  readonly storageFull: () => boolean
  readonly clock: Clock
  readonly events: {
    onChanged(call: RunningCall): void
    /** `why`: somebody picked up, or it is the owner who has called, by a PIN that was typed before it ended. */
    onTakeEnded(take: RecordedTake, why: 'picked-up' | 'let-in' | undefined): void
    onGateOver(call: RunningCall, went: GateEnd): void
    /** A phone's key did this. */
    onPhoneActed(call: RunningCall, act: 'answer-now' | 'block', phone: string): void
    /** A name was recorded. `counts`: it let the caller through the gate. */
    onNameSaid(call: RunningCall, take: RecordedTake, counts: boolean): void
    /** What a phone did. */
    onNote(call: RunningCall, what: Note, phone: string, by: string | undefined): void
    /** The caller's ports are free again. No PIN is waited for: whether the next caller finds room tells of none. */
    onGone(): void
    /** The last event: a take that was running has ended before. */
    onEnded(call: RunningCall, end: CallEnd): void
  }
}

export interface CallEnd {
  readonly ending: Ending
  readonly answeredAt: number | null
  readonly endedAt: number
  readonly stats: FlowStats | undefined
  /** Why no sound could flow, if that is why the caller was refused. */
  readonly noSound: string | undefined
}

/** PINs that are judged in one call. */
const MOST_PINS = 3
const TIME_IS_OVER = {
  ring: 'ring-time-over',
  message: 'message-time-over',
  gate: 'gate-time-over',
} as const
/** A name is over after so much silence; nobody needs longer to begin. */
const NAME_TAKE = { endAfterSilenceMs: 1500, firstSoundWithinMs: 4000 } as const
/** Of who did not pass the gate nothing is recorded that is only silence. */
const HELD_BACK_SILENCE_MS = 10_000

/** Runs one call from arrival to end: facts into the screening machine, its orders to the leg, media and the clock. */
export function runCall(options: RunCallOptions): RunningCall {
  const { clock, plan, entry, caller, events } = options
  const { source } = options.invite.request
  const arrivedAt = clock.now()
  const ringing = options.ours.phones && new Set(options.ours.phones.map(options.phoneNamed))
  const timers = new Map<TimerName, Timer>()
  let answeredAt: number | null = null
  let recordingSince: number | null = null
  let noSound: string | undefined
  let { attestation } = caller
  let shown = ''
  let cutShort: 'picked-up' | 'let-in' | undefined
  let pinEar: PinEar
  let pinsHeard = 0
  const pinsInJudgement = new Set<Promise<boolean>>()
  /** The message, if there is one, has been handed over. */
  let messageLeft = Promise.resolve()
  let menu: Menu | undefined
  let gateWent: GateEnd | null = null
  let saidName: SaidName | null = null
  let nameTakeId: string | undefined
  let ringbackSince: number | null = null
  const named = Promise.withResolvers<void>()

  const leg: CallerLeg = openCallerLeg({
    invite: options.invite,
    media: options.media,
    bindAddress: localAddressToward(source.address, source.local.address),
    ...(options.publicAddress === undefined ? {} : { publicAddress: options.publicAddress }),
    sessionId: options.sessionId,
    sdes: options.sdes,
    ...(options.browser === undefined ? {} : { browser: options.browser }),
    events: {
      onFact(fact) {
        if (fact.kind === 'digit') listenForPin(fact.digit)
        send(fact)
      },
      onTakeStarted(startedAt) {
        // A name is no message.
        if (machine.state.phase !== 'gate') recordingSince = startedAt
        events.onChanged(call)
      },
      onTakeEnded(take) {
        if (isGreetingTake(take)) menu?.takeEnded(take)
        else if (isNameTake(take))
          events.onNameSaid(call, take, gateWent === 'passed' && take.takeId === nameTakeId)
        else if (take.takeId === options.messageId) messageLeft = messageEnded(take, cutShort)
        else events.onTakeEnded(take, undefined)
      },
      onNoSound(why) {
        noSound = why
      },
    },
  })
  const machine = runMachine<ScreeningState, Fact, Order>(stepScreening, { phase: 'new', plan }, carryOut)

  const owner = options.openOwner({
    id: options.id,
    lineName: entry.line.name,
    mailboxId: entry.mailbox.id,
    caller: { ...caller, label: options.ours.label },
    mayRing: (phone) => ringing === null || ringing.has(phone),
    arrivedAt,
    dialog: options.invite.dialogId,
    get session() {
      return leg.session
    },
    get isAnnounced() {
      return plan.gate?.kind === 'name' && gateWent === 'passed'
    },
    announcement: () => options.announce(named.promise),
    act: (act) => send(act),
    do(act, phone) {
      if (call.act({ kind: act })) events.onPhoneActed(call, act, phone)
    },
    hear: (from) => leg.hear(from),
    changed: show,
    note: (what, phone, by) => events.onNote(call, what, phone, by),
  })

  const call: RunningCall = {
    dialog: options.invite.dialogId,
    owner,
    get view() {
      return viewOf({
        id: options.id,
        entry,
        caller: { ...caller, attestation },
        plan,
        rule: options.rule,
        ours: options.ours,
        state: machine.state,
        owner: owner.view,
        gate: gateOf(),
        ringbackSince,
        arrivedAt,
        answeredAt,
        recordingSince,
        encrypted: encryptedOf(options.sdes.isPrivate, leg.isSoundEncrypted),
      })
    },
    act(act) {
      const before = machine.state
      send(act)
      return machine.state !== before
    },
    attest(found) {
      attestation = found
      show()
    },
    named(name) {
      saidName = name
      named.resolve()
      show()
    },
    meter: (onPeak) => leg.session?.meter(onPeak),
    giveUp: () => send({ kind: 'media-lost' }),
  }

  const gateOf = () => plan.gate && { kind: plan.gate.kind, went: gateWent, name: saidName }

  /** Keys go on doing what they do, and nothing waits: a caller can't tell that there is a PIN to be found. */
  function listenForPin(key: string): void {
    const [next, pin] = hearKey(pinEar, key)
    pinEar = next
    if (!options.remote || pin === undefined || ++pinsHeard > MOST_PINS) return
    const judged = options.remote.judgePin(pin)
    pinsInJudgement.add(judged)
    void judged.then((isRight) => {
      pinsInJudgement.delete(judged)
      if (isRight) send({ kind: 'let-in' })
    })
  }

  /** The last key of a PIN, #, ends the recording before the PIN is judged: only then it is known whose message it is. */
  async function messageEnded(take: RecordedTake, why: typeof cutShort): Promise<void> {
    const judged = await Promise.all(pinsInJudgement)
    events.onTakeEnded(take, judged.includes(true) ? 'let-in' : why)
  }

  function send(fact: Fact): void {
    if (menu && machine.state.phase === 'menu') {
      if (fact.kind === 'digit') return menu.digit(fact.digit)
      if (fact.kind === 'played') return menu.played(fact.clip)
    }
    machine.send(fact)
    if (fact.kind === 'arrived' && options.storageFull()) machine.send({ kind: 'storage-full' })
    owner.moved(machine.state.phase, isHeldBack(gateOf()))
    show()
  }

  /** Tells of the call when there is something new to be seen of it. */
  function show(): void {
    const { phase, recording, gate } = call.view
    const view = JSON.stringify({ phase, recording, gate, attestation, ...owner.view })
    if (view === shown || machine.state.phase === 'ended') return
    shown = view
    events.onChanged(call)
  }

  function carryOut(order: Order): void {
    switch (order.kind) {
      case 'ring':
        return leg.ring()
      case 'answer':
        answeredAt = clock.now()
        return leg.answer()
      case 'refuse':
        return leg.refuse(order.status)
      case 'hang-up':
        return leg.hangUp()
      case 'play':
        return leg.play(order.clip, clipIn(plan.language, order.clip))
      case 'start-take':
        return take(order.of)
      case 'stop-take':
        return leg.stopTake()
      case 'gate-over':
        gateWent = order.went
        return events.onGateOver(call, order.went)
      case 'set-timer':
        if (order.timer === 'ring' && answeredAt !== null) ringbackSince = clock.now()
        return void timers.set(
          order.timer,
          clock.setTimer(order.ms, () => send({ kind: TIME_IS_OVER[order.timer] })),
        )
      case 'cancel-timer':
        timers.get(order.timer)?.cancel()
        return void timers.delete(order.timer)
      case 'connect':
        cutShort = 'picked-up'
        leg.stopPlaying()
        return owner.obey('connect', order.owner)
      case 'disconnect':
      case 'too-late':
        return owner.obey(order.kind, order.owner)
      case 'open-menu':
        return openMenu()
      case 'close-menu':
        return menu?.close()
      case 'end':
        return end(order.ending)
      default:
        return unreachable(order)
    }
  }

  function openMenu(): void {
    if (!leg.session || !options.remote) return
    cutShort = 'let-in'
    leg.stopPlaying()
    menu = options.remote.openMenu(leg.session, () => send({ kind: 'menu-over' }))
  }

  function take(of: Extract<Order, { kind: 'start-take' }>['of']): void {
    switch (of) {
      case 'message':
        return takeMessage()
      case 'talk':
        return leg.startTake({ takeId: options.makeId(), meta: { ...takeMeta('conversation') }, both: true })
      case 'name':
        nameTakeId = options.makeId()
        return leg.startTake({ takeId: nameTakeId, meta: { ...takeMeta('name') }, ...NAME_TAKE })
      default:
        return unreachable(of)
    }
  }

  function takeMessage(): void {
    const failed = gateWent === 'failed'
    const silenceMs = plan.silenceMs ?? (failed ? HELD_BACK_SILENCE_MS : null)
    const junk = options.ours.junk || failed
    leg.startTake({
      takeId: options.messageId,
      meta: {
        ...takeMeta('message'),
        ...(junk && { junk: true }),
        ...(entry.mailbox.machinesToJunk && { machinesToJunk: true }),
        ...(options.isKnown && { known: true }),
      },
      ...(silenceMs === null ? {} : { endAfterSilenceMs: silenceMs }),
    })
  }

  function takeMeta(kind: NonNullable<TakeMeta['kind']>): TakeMeta {
    return {
      kind,
      callId: options.id,
      lineId: entry.line.id,
      mailboxId: entry.mailbox.id,
      callerNumber: caller.number,
      callerE164: caller.e164,
      callerName: caller.name,
      shortestMs: plan.shortestMs,
    }
  }

  function end(ending: Ending): void {
    const endedAt = clock.now()
    // Once media has closed, the end of a take that was running has been reported.
    void leg.close().then(async (stats) => {
      events.onGone()
      await messageLeft
      events.onEnded(call, { ending, answeredAt, endedAt, stats, noSound })
    })
  }

  return call
}
