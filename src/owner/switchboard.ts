import type { SrtpUse } from '../sdp/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import { unreachable } from '../shared/step.ts'
import type { SwitchName } from '../shared/switch-name.ts'
import type { DialogReference, IncomingInvite } from '../sip/endpoint.ts'
import { subscriberOf } from '../sip/message/subscriber.ts'
import { warningOf } from '../sip/message/warning.ts'
import { chooseCall } from './call/choose-call.ts'
import { type CallOptions, type OwnerCall, runOwnerCall } from './call/run-owner-call.ts'
import type { ScreenedCall } from './call/screened-call.ts'
import { readDialled, type SwitchCodes } from './dialled.ts'
import { type HouseCall, runHouseCall } from './house/house-call.ts'
import { lendLeg } from './house/lend-leg.ts'
import { type LineOut, limitsOf, linesOut } from './house/line-out.ts'
import { refusalOutside } from './house/refusal.ts'
import { createTollGuard, type TollMemory } from './house/toll-guard.ts'
import { type AccountWay, wayOut } from './house/way-out.ts'
import { isDialog } from './leg/is-dialog.ts'
import type { Leg } from './leg/leg.ts'
import type { LegOwner, LegWatch } from './leg-watch.ts'
import type { Phone } from './phone.ts'
import type { PhoneBook } from './phone-book.ts'
import type { PhoneLegs } from './phone-legs.ts'
import { placeOf } from './registrar/binding.ts'
import type { Registrar } from './registrar/registrar.ts'
import { ringingRequest, type ShownCaller } from './ringing-request.ts'

/** A line as phones may use it. */
export interface HouseLine extends LineOut {
  readonly id: string
  readonly number: string | null
  /** Whether sound that goes out through it is encrypted; `offered` unless given. */
  readonly srtp?: SrtpUse
}

export interface SwitchboardOptions {
  readonly phones: PhoneBook
  readonly registrar: Pick<Registrar, 'bindingsOf'>
  readonly legs: PhoneLegs
  readonly lines: () => readonly HouseLine[]
  readonly byAccount: AccountWay
  /** The caller as the owner knows him. */
  readonly knownAs: (caller: ShownCaller) => ShownCaller
  readonly listenCode: string
  readonly pickUpCode: string
  readonly legWatch: LegWatch
  /** False: nobody wants to be disturbed by calls. Phones still call each other, and do what they are told. */
  readonly mayRing: () => boolean
  readonly menuCode: string
  readonly switchCodes: SwitchCodes
  readonly tolls: TollMemory
  /** Answers a phone that has dialled the spoken menu of these mailboxes. */
  readonly answerMenu: (leg: Leg, mailboxIds: readonly string[], callBack: CallBack | undefined) => void
  /** Answers a phone that turns a switch of the house. */
  readonly answerSwitch: (leg: Leg, which: SwitchName, mailboxIds: readonly string[]) => void
  /** See `Unhurried`. */
  readonly later: (act: () => void) => void
  readonly clock: Clock
  readonly log: Log
}

/** Calls a number out, in place of what the phone hears; tells when that is over, and whether there was a talk. */
export type CallBack = (number: string, onOver: (answered: boolean) => void) => void

/** Where phones' calls meet the callers': it rings phones, and does what phones dial. */
export interface Switchboard {
  /** The owner's side of a call that has arrived. */
  open(call: ScreenedCall): OwnerCall
  /** The call at these mailboxes that one would listen to who sees none of them, if there is one. */
  callToHear(mailboxIds: readonly string[]): OwnerCall | undefined
  /** The INVITE of a phone that has proved who it is. */
  take(invite: IncomingInvite, phone: Phone): void
  /** A phone has registered somewhere. */
  registered(phone: string): void
  /** A phone was removed, or has another password. */
  forget(phone: string): void
  /** Calls between phones that go on. */
  readonly houseCalls: number
  /** Takes no more calls from phone to phone, nor out. */
  refuseHouseCalls(): void
  /** Ends the calls between phones. */
  close(): void
}

const LIMITS = { 'at-once': 'at once', 'per-hour': 'in an hour' } as const

/** Calls whom is to be called, once there is sound of the phone that calls. */
type CallTargets = (beside: ScreenedCall['session'], of: string) => readonly Leg[]
interface HouseCallHow {
  readonly refusal?: typeof refusalOutside
  readonly onClosed?: () => void
}

/** Calls of one phone at a time: one that dials without end is not to take the ports that callers need. */
const MOST_CALLS = 8

export function openSwitchboard(options: SwitchboardOptions): Switchboard {
  const { phones, registrar, legs, legWatch, lines, listenCode, pickUpCode, menuCode, clock, log } = options
  const calls = new Set<OwnerCall>()
  const houseCalls = new Set<HouseCall>()
  const toll = createTollGuard(clock, options.tolls)
  let takesHouseCalls = true
  /** Calls that each phone has made and that go on. */
  const made = new Map<string, number>()
  const dialPlan = {
    listenCode,
    pickUpCode,
    menuCode,
    switchCodes: options.switchCodes,
    isPhone: (name: string) => phones.byName(name) !== undefined,
    lineNamed: (user: string) => lines().find(({ name, number }) => name === user || number === user)?.name,
  }

  /** Makes a leg and has it followed, as one of this call's. */
  function watchedCall(call: string, who: LegOwner, options: Parameters<PhoneLegs['call']>[0]): Leg {
    const leg: Leg = legs.call({
      ...options,
      onCalled(dialog) {
        legWatch.joined(call, dialog, who)
        void leg.closed.then((stats) => legWatch.left(call, dialog, who, stats))
      },
    })
    return leg
  }

  /** Calls a phone wherever it is registered. `of`: the call that the legs belong to. */
  function callPhone(
    phone: Phone,
    how: CallOptions & {
      readonly caller: ShownCaller
      readonly inside: boolean
      readonly beside: ScreenedCall['session']
      readonly of: string
    },
  ): readonly Leg[] {
    const { caller, inside, beside, but, of, ...ringing } = how
    const callerClass = inside ? 'house' : caller.number === null ? 'withheld' : 'outside'
    return registrar.bindingsOf(phone.name).flatMap((binding) => {
      // A phone that was switched off and on has another Call-ID; one that came by another connection, another place.
      const place = `${binding.contact} ${placeOf(binding.to)} ${binding.callId}`
      if (but?.has(place)) return []
      but?.add(place)
      const callId = inside ? undefined : of
      return watchedCall(
        of,
        { kind: 'phone', name: phone.name },
        {
          phone: phone.name,
          srtp: phone.srtp,
          to: binding.to,
          request: (host) => ringingRequest({ ...ringing, binding, host, caller, callerClass, callId }),
          beside,
        },
      )
    })
  }

  function takeLeg(invite: IncomingInvite, phone: Phone, call: string, beside: ScreenedCall['session']): Leg {
    const { name } = phone
    const { callId } = invite.dialogId
    const who: LegOwner = { kind: 'phone', name }
    legWatch.joined(call, callId, who)
    const leg = legs.take(invite, phone, beside)
    void leg.closed.then((stats) => legWatch.left(call, callId, who, stats))
    made.set(name, (made.get(name) ?? 0) + 1)
    void leg.closed.then(() => {
      const left = (made.get(name) ?? 1) - 1
      if (left > 0) made.set(name, left)
      else made.delete(name)
    })
    return leg
  }

  /** Takes the call of a phone that wants nobody but us. */
  function takeAlone(invite: IncomingInvite, phone: Phone, dialled: string) {
    const of = legWatch.houseCall(phone.name, dialled)
    const leg = takeLeg(invite, phone, of, undefined)
    void leg.closed.then(() => legWatch.houseCallOver(of))
    return { leg, of }
  }

  /** Calls at the phone's mailboxes. */
  const callsOf = (phone: Phone) => [...calls].filter(({ call }) => phone.mailboxIds.includes(call.mailboxId))

  /** Picks up a call or listens to it, if there is one for this phone; all others hear the same. */
  function join(
    invite: IncomingInvite,
    phone: Phone,
    purpose: 'talk' | 'listen',
    call: OwnerCall | undefined,
    otherwise: number,
  ): void {
    if (!call?.call.session) return invite.reject(otherwise)
    call.take(takeLeg(invite, phone, call.call.id, call.call.session), purpose)
  }

  /** Replaces and Join (RFC 3891 §3, RFC 3911 §4): 481 when no call of this phone's has that dialog. */
  function joinDialog(invite: IncomingInvite, phone: Phone, reference: DialogReference): void {
    const call = callsOf(phone).find(({ call: { dialog } }) => isDialog(dialog, reference))
    // RFC 3891 §3: early-only, and it is early no more.
    if (reference.earlyOnly && call && call.stage !== 'ringing') return invite.reject(486)
    join(invite, phone, invite.join ? 'listen' : 'talk', call, 481)
  }

  /** 404 where the line is of a mailbox that the phone does not have. */
  function openMenu(invite: IncomingInvite, phone: Phone, lineName: string | undefined): void {
    const line = lines().find(({ name }) => name === lineName)
    const wanted = lineName === undefined ? phone.mailboxIds : [line?.mailboxId]
    const mailboxIds = phone.mailboxIds.filter((id) => wanted.includes(id))
    if (mailboxIds.length === 0) return invite.reject(404)
    const { leg, of } = takeAlone(invite, phone, menuCode)
    const callBack: CallBack = (number, onOver) => {
      const way = openWay(phone, number)
      if ('status' in way) return onOver(false)
      runCalls(lendLeg(leg, onOver), of, way.callTargets, { refusal: refusalOutside, onClosed: way.over })
    }
    options.answerMenu(leg, mailboxIds, linesOut(lines(), phone, undefined).length > 0 ? callBack : undefined)
  }

  function callHouse(invite: IncomingInvite, phone: Phone, name: string): void {
    const target = phones.byName(name)
    if (!target) return invite.reject(404)
    const caller = { number: phone.name, name: null }
    run(invite, phone, name, (beside, of) =>
      callPhone(target, { caller, inside: true, autoAnswer: false, beside, of }),
    )
  }

  /** 403 without a line that lets the phone out; 503 where none leads out now, or its limit is reached. */
  function callOutside(invite: IncomingInvite, phone: Phone, number: string, wanted?: string): void {
    const way = openWay(phone, number, wanted)
    if ('status' in way) return invite.reject(way.status, [warningOf(way.why)])
    run(invite, phone, number, way.callTargets, { refusal: refusalOutside, onClosed: way.over })
  }

  /** A way out to this number; `over` is to be said when it is no longer used. */
  function openWay(phone: Phone, number: string, wanted?: string) {
    const refuse = (status: number, why: string) => ({ status, why })
    const open = linesOut(lines(), phone, wanted)
    if (open.length === 0) return refuse(403, 'no line lets this phone out')
    const line = open.find((line) => wayOut(line, number, options.byAccount))
    const out = line && wayOut(line, number, options.byAccount)
    if (!out) return refuse(503, 'the line is not registered')
    const { name } = line
    const admitted = toll.admit(line.id, number, limitsOf(line))
    if (typeof admitted === 'string') {
      log.warn(
        { phone: phone.name, line: name, limit: admitted },
        'a call out would pass the limit of its line',
      )
      return refuse(503, `as many calls out as line ${name} allows ${LIMITS[admitted]}`)
    }
    log.info({ phone: phone.name, line: name }, 'a phone calls out')
    const callTargets: CallTargets = (beside, of) => [
      watchedCall(
        of,
        { kind: 'line', name },
        { phone: name, srtp: line.srtp, ...out, beside, hearsEarly: true },
      ),
    ]
    return { callTargets, over: admitted }
  }

  function run(
    invite: IncomingInvite,
    phone: Phone,
    dialled: string,
    callTargets: CallTargets,
    how: HouseCallHow = {},
  ): void {
    if (!takesHouseCalls) {
      how.onClosed?.()
      return invite.reject(503, [['Retry-After', '10']])
    }
    // Who talks with a caller may want to connect the two later: all of it must be on one thread.
    const talking = [...calls].find(({ talker }) => talker?.phone === phone.name)
    const of = legWatch.houseCall(phone.name, dialled)
    const onClosed = () => {
      legWatch.houseCallOver(of)
      how.onClosed?.()
    }
    runCalls(takeLeg(invite, phone, of, talking?.call.session), of, callTargets, { ...how, onClosed })
  }

  function runCalls(from: Leg, of: string, callTargets: CallTargets, how: HouseCallHow): void {
    const house = runHouseCall({
      from,
      callTargets: () => callTargets(from.session, of),
      clock,
      // RFC 5589 §7: the REFER may come in either of the two calls, each naming the other.
      onTransfer(by, event, other) {
        const { replaces } = event
        const given = [...calls].find(
          ({ talker }) => replaces && talker?.phone === by.phone && isDialog(talker.dialog, replaces),
        )
        if (given && other) given.giveTo(other, event)
        else event.refuse(replaces ? 481 : 603)
      },
      ...how,
      onClosed() {
        houseCalls.delete(house)
        how.onClosed?.()
      },
    })
    houseCalls.add(house)
  }

  return {
    open(call) {
      const owner = runOwnerCall({
        call,
        phones: () => phones.ofMailbox(call.mailboxId),
        callPhone: (phone, how) =>
          callPhone(phone, {
            ...how,
            caller: options.knownAs(call.caller),
            inside: false,
            beside: call.session,
            of: call.id,
          }),
        phoneAt: (uri) => phones.byName(subscriberOf(uri) ?? ''),
        phoneNamed: phones.byName,
        askedBack: (reference) =>
          [...houseCalls].map((house) => house.askedBack(reference)).find((back) => back !== undefined),
        pickUpKey: pickUpCode.at(-1) ?? '',
        mayRing: options.mayRing,
        later: options.later,
        clock,
        onClosed: () => calls.delete(owner),
      })
      calls.add(owner)
      return owner
    },
    callToHear(mailboxIds) {
      const open = [...calls].filter(
        ({ stage, call }) => stage !== 'talking' && call.session && mailboxIds.includes(call.mailboxId),
      )
      return chooseCall(open, 'listen')
    },
    take(invite, phone) {
      if ((made.get(phone.name) ?? 0) >= MOST_CALLS) return invite.reject(486)
      const reference = invite.replaces ?? invite.join
      if (reference) return joinDialog(invite, phone, reference)
      const dialled = readDialled(subscriberOf(invite.request.uri), dialPlan)
      switch (dialled.kind) {
        case 'pick-up':
          return join(invite, phone, 'talk', chooseCall(callsOf(phone), 'talk', dialled.line), 480)
        case 'listen':
          return join(invite, phone, 'listen', chooseCall(callsOf(phone), 'listen', dialled.line), 480)
        case 'pick-up-this':
        case 'listen-to-this': {
          const call = callsOf(phone).find(({ call: { id } }) => id === dialled.callId)
          return join(invite, phone, dialled.kind === 'pick-up-this' ? 'talk' : 'listen', call, 480)
        }
        case 'menu':
          return openMenu(invite, phone, dialled.line)
        case 'switch': {
          const { which } = dialled
          const { leg } = takeAlone(invite, phone, options.switchCodes[which] ?? which)
          return options.answerSwitch(leg, which, phone.mailboxIds)
        }
        case 'line':
          return join(invite, phone, 'talk', chooseCall(callsOf(phone), 'talk', dialled.name), 480)
        case 'phone': {
          // A phone may be called like a line, whose key then takes the call while there is one.
          const line = dialPlan.lineNamed(dialled.name)
          const call = line === undefined ? undefined : chooseCall(callsOf(phone), 'talk', line)
          return call ? join(invite, phone, 'talk', call, 480) : callHouse(invite, phone, dialled.name)
        }
        case 'outside':
          return callOutside(invite, phone, dialled.number, dialled.line)
        case 'nothing':
          return invite.reject(404)
        default:
          return unreachable(dialled)
      }
    },
    registered(name) {
      const phone = phones.byName(name)
      if (phone) for (const call of callsOf(phone)) call.registered(phone)
    },
    forget(phone) {
      for (const call of calls) call.forget(phone)
    },
    refuseHouseCalls() {
      takesHouseCalls = false
    },
    get houseCalls() {
      return houseCalls.size
    },
    close() {
      for (const house of houseCalls) house.hangUp()
    },
  }
}
