import type { MediaEngine } from '../media/engine.ts'
import type { OwnerCall } from '../owner/call/run-owner-call.ts'
import type { ScreenedCall } from '../owner/call/screened-call.ts'
import { createDoorkeeper } from '../owner/doorkeeper/doorkeeper.ts'
import { createLamps } from '../owner/lamps/create-lamps.ts'
import type { LampCall } from '../owner/lamps/lamps.ts'
import type { LegWatch } from '../owner/leg-watch.ts'
import type { Phone } from '../owner/phone.ts'
import type { PhoneBook } from '../owner/phone-book.ts'
import { makePhoneLegs } from '../owner/phone-legs.ts'
import { openRegistrar } from '../owner/registrar/registrar.ts'
import {
  type HouseLine,
  openSwitchboard,
  type Switchboard,
  type SwitchboardOptions,
} from '../owner/switchboard.ts'
import { createUnhurried } from '../owner/unhurried.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Random } from '../shared/random.ts'
import { createAuthenticator } from '../sip/auth/authenticator.ts'
import type { Endpoint, EndpointEvents, IncomingInvite } from '../sip/endpoint.ts'
import { buildResponse } from '../sip/message/build.ts'
import { fromOf } from '../sip/message/read.ts'
import { subscriberOf } from '../sip/message/subscriber.ts'
import type { ReceivedRequest, ServerTransaction } from '../sip/transaction/layer.ts'
import type { Source } from '../sip/transport/transport.ts'
import { readRealm } from '../store/realm.ts'
import type { Store } from '../store/store.ts'
import { isOutOfOrdinary, type Switches } from '../store/switches.ts'
import { openCallsOutBook } from './calls-out-book.ts'
import type { ContactOf } from './contact-finder.ts'
import { keepBindings } from './keep-bindings.ts'
import { openPhoneBook } from './open-phone-book.ts'
import { createPagePhones, type PagePhones } from './page-phones.ts'
import { resourceOf } from './resource-of.ts'

/** How phones may use the machine. */
export interface PhoneSettings {
  /** Networks from which phones may register. */
  readonly phonesFrom: readonly string[]
  readonly listenCode: string
  readonly pickUpCode: string
  readonly menuCode: string
  readonly machineCode: string | undefined
  readonly quietCode: string | undefined
}

export interface PhoneSideOptions extends PhoneSettings {
  readonly store: Pick<
    Store,
    'phones' | 'bindings' | 'mailboxes' | 'messages' | 'settings' | 'sessions' | 'users' | 'onChange'
  >
  readonly media: Pick<MediaEngine, 'openSession' | 'browserFingerprint' | 'localAt'>
  readonly lines: () => readonly HouseLine[]
  readonly byAccount: SwitchboardOptions['byAccount']
  readonly contactOf: ContactOf
  readonly legWatch: LegWatch
  /** See `SwitchboardOptions`. */
  readonly answerMenu: SwitchboardOptions['answerMenu']
  readonly answerSwitch: SwitchboardOptions['answerSwitch']
  readonly publicAddress: string | undefined
  /** What the house is switched to. Do not disturb is asked for when a phone would ring by itself. */
  readonly switches: () => Switches
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** The owner's phones, put together: who they are, where they are, what they may, what they show. */
export interface PhoneSide {
  readonly phones: PhoneBook
  /** Whether a packet from here may come from a phone. */
  admits(source: Source): boolean
  /**
   * Whether this came from a phone that has registered from that very place. A PBX or router may be a phone and a trunk in
   * one: what it puts through is a call of a phone's only if From says so.
   */
  isPhones(request: ReceivedRequest): boolean
  /** Whether a phone has registered from this very place. */
  isAtHome(source: Source): boolean
  /** Lets a phone's request in; all else it answers itself. */
  guard(transaction: ServerTransaction): boolean
  /** The phone that sent this request, which the guard has let in. */
  senderOf(request: ReceivedRequest): Phone | undefined
  takeInvite(invite: IncomingInvite, phone: Phone): void
  /** Phones may pick up and listen, but call each other no more: the machine is about to stop. */
  refuseHouseCalls(): void
  readonly events: Pick<EndpointEvents, 'onSubscribe' | 'onRequest' | 'onClosed'>
  open(call: ScreenedCall): OwnerCall
  readonly callToHear: Switchboard['callToHear']
  /** Lends the page of this session a phone. */
  readonly lend: PagePhones['lend']
  /** The lines were read again: who may no longer watch one is told so. */
  linesChanged(): void
  /** To the lamps. */
  switchesChanged(): void
  /** To the lamps. */
  callChanged(call: LampCall): void
  callEnded(callId: string): void
  attach(endpoint: Pick<Endpoint, 'invite' | 'request' | 'localFor'>): void
  /** The machine is about to stop: phones are told to subscribe again, while there is a way to tell them. */
  sayGoodbye(): void
  readonly inUse: { readonly registered: number; readonly houseCalls: number; readonly banned: number }
  close(): Promise<void>
}

/** Rejects when the store can't be read. */
export async function openPhoneSide(options: PhoneSideOptions): Promise<PhoneSide> {
  const { store, media, lines, contactOf, clock, random, log } = options
  let endpoint: Pick<Endpoint, 'invite' | 'request' | 'localFor'> | undefined
  const attached = () => {
    if (!endpoint) throw new Error('no endpoint is attached yet')
    return endpoint
  }
  const realm = await readRealm(store)
  const phones = await openPhoneBook(store)
  const registrar = await openRegistrar({ store: keepBindings(store), clock, random, log })
  const doorkeeper = createDoorkeeper({
    book: phones,
    registrar,
    authenticator: createAuthenticator({
      realm,
      clock,
      random,
      credentialsOf: (name) => phones.credentialsOf(name),
    }),
    phonesFrom: options.phonesFrom,
    clock,
    random,
    log,
  })
  const [calling, lighting] = [createUnhurried(clock), createUnhurried(clock)]
  const finish = () => {
    for (const unhurried of [calling, lighting]) unhurried.finish()
  }
  const switchCodes = { machine: options.machineCode, 'do-not-disturb': options.quietCode }
  const switchboard = openSwitchboard({
    ...options,
    switchCodes,
    mayRing: () => options.switches().doNotDisturb === null,
    knownAs: (caller) => ({ ...caller, name: contactOf(caller.number, caller.e164)?.name ?? caller.name }),
    later: calling.later,
    tolls: await openCallsOutBook(options),
    phones,
    registrar,
    legs: makePhoneLegs({ endpoint: attached, media, publicAddress: options.publicAddress, random }),
  })
  const lamps = createLamps({
    clock,
    log,
    later: lighting.later,
    // By its name: who has watched for long may have other mailboxes now, or be gone.
    resourceOf({ name }, user) {
      const phone = phones.byName(name)
      const { mailboxNamed } = phones
      return phone && resourceOf(phone, user, { lines: lines(), mailboxNamed, switchCodes })
    },
    async counts(mailboxIds) {
      const counts = await store.messages.counts()
      const sum = (wanted: string) =>
        counts
          .filter(({ mailboxId, state }) => state === wanted && mailboxIds.includes(mailboxId))
          .reduce((total, { count }) => total + count, 0)
      return { new: sum('new'), heard: sum('heard') }
    },
    notifyUnsolicited(phone, body) {
      for (const binding of registrar.bindingsOf(phone.name))
        attached().request({
          method: 'NOTIFY',
          uri: binding.contact,
          to: binding.to,
          routes: binding.routes,
          from: { displayName: undefined, uri: binding.contact, params: new Map() },
          headers: [
            ['Event', 'message-summary'],
            ['Subscription-State', 'active'],
          ],
          body,
        })
    },
    shines: (which) => isOutOfOrdinary(options.switches(), which),
    pickUpUser: (call) => `${options.pickUpCode}${call.line}`,
  })
  registrar.onChange = (name, why) => {
    const phone = phones.byName(name)
    if (why === 'gone' && registrar.bindingsOf(name).length === 0) lamps.gone(name)
    if (why === 'gone' || !phone) return
    lamps.registered(phone)
    switchboard.registered(name)
  }
  const senders = new WeakMap<ReceivedRequest, Phone>()

  async function reload(tables: ReadonlySet<string>): Promise<void> {
    const changed = (...names: string[]) => tables.size === 0 || names.some((name) => tables.has(name))
    if (changed('phones', 'phone_mailboxes', 'mailboxes')) {
      for (const name of await phones.reload()) forget(name)
      lamps.houseChanged()
    }
    if (changed('messages')) lamps.messagesChanged()
  }
  /** A phone is gone, or has another password: what it proved before counts no more. */
  function forget(name: string): void {
    registrar.forget(name)
    doorkeeper.forget(name)
    switchboard.forget(name)
    lamps.forget(name)
  }
  const pagePhones = createPagePhones({
    store,
    realm,
    clock,
    random,
    log,
    isTaken: (name) => phones.byName(name) !== undefined,
    onChange(guests, ended) {
      for (const name of phones.seat(guests)) registrar.forget(name)
      for (const login of ended) doorkeeper.forget(login)
    },
  })
  const stopFollowing = store.onChange((tables) => {
    reload(tables).catch((error) =>
      log.error({ err: error }, 'the phones can not be read; the last known ones stay'),
    )
  })
  // Between the first reading and this nobody would have heard of a change.
  await phones.reload()

  return {
    phones,
    admits: (source) => doorkeeper.admits(source),
    isAtHome: (source) => registrar.phoneAt(source) !== undefined,
    isPhones(request) {
      if (registrar.phoneAt(request.source) === undefined) return false
      const user = subscriberOf(fromOf(request)?.uri ?? '')
      return request.method !== 'INVITE' || phones.byName(user ?? '') !== undefined
    },
    guard(transaction) {
      const phone = doorkeeper.admit(transaction)
      if (phone) senders.set(transaction.request, phone)
      return phone !== undefined
    },
    senderOf: (request) => senders.get(request),
    takeInvite: switchboard.take,
    refuseHouseCalls: switchboard.refuseHouseCalls,
    events: {
      onSubscribe(subscription) {
        const phone = senders.get(subscription.request)
        if (phone) lamps.subscribe(subscription, phone)
        else subscription.reject(404)
      },
      onRequest(transaction) {
        const { request } = transaction
        const phone = senders.get(request)
        if (phone && request.method === 'REGISTER') return registrar.register(transaction, phone)
        // RFC 6665 §4.1.3: we have no subscription; RFC 5589 §4: a transfer belongs into the call that it is about.
        const status = request.method === 'NOTIFY' ? 481 : 405
        transaction.respond(buildResponse(request, status, { toTag: random.token(8) }))
      },
      onClosed: registrar.disconnected,
    },
    open: switchboard.open,
    callToHear: switchboard.callToHear,
    lend(session) {
      // What its first call needs takes half a second to start: that goes by before it rings.
      media
        .browserFingerprint()
        .catch((error: unknown) => log.warn({ err: error }, 'no handshakes with browsers'))
      return pagePhones.lend(session)
    },
    linesChanged: lamps.houseChanged,
    switchesChanged: lamps.switchesChanged,
    callChanged: lamps.callChanged,
    callEnded: lamps.callEnded,
    attach(to) {
      endpoint = to
      // What was registered before a restart shall know at once how things stand.
      for (const phone of phones.all())
        if (registrar.bindingsOf(phone.name).length > 0) lamps.registered(phone)
    },
    sayGoodbye() {
      finish()
      lamps.close()
    },
    get inUse() {
      const registered = phones.all().filter(({ name }) => registrar.bindingsOf(name).length > 0).length
      return { registered, houseCalls: switchboard.houseCalls, banned: doorkeeper.banned }
    },
    async close() {
      stopFollowing()
      finish()
      pagePhones.close()
      switchboard.close()
      lamps.close()
      await registrar.close()
    },
  }
}
