import type { Timer } from '../../shared/clock.ts'
import type { IncomingSubscription } from '../../sip/endpoint.ts'
import type { Phone } from '../phone.ts'
import { createCallBoard } from './call-board.ts'
import { addressOf, describeCall } from './describe-call.ts'
import { type Judgement, judgeSubscription } from './judge-subscription.ts'
import { lightLamp } from './lamp.ts'
import type { Lamps, LampsOptions, Resource } from './lamps.ts'
import { createTally } from './tally.ts'
import { createDialogTeller, createSummaryTeller, createSwitchTeller } from './teller.ts'
import { createWatchBook, type Watch } from './watch.ts'

/** The longest subscription, in seconds: the default of both packages (RFC 3842 §3.4, RFC 4235 §3.4). */
const LONGEST_SECONDS = 3600
/** Of one phone: a large one with two key modules has some hundred keys. */
const MOST_SUBSCRIPTIONS = 128

type Granted = Extract<Judgement, { kind: 'granted' }>

/** Makes the lamps of a house. */
export function createLamps(options: LampsOptions): Lamps {
  const { clock, log, resourceOf, later = (act: () => void) => act() } = options
  const board = createCallBoard()
  const book = createWatchBook()
  const tally = createTally({
    clock,
    counts: options.counts,
    onCounted: (mailboxId) => lookSoon([mailboxId]),
    onFailed: (error) => log.warn({ err: error }, 'messages could not be counted; the lamps try again'),
  })
  const changed = new Set<string>()
  let sweep: Timer | undefined
  let closed = false

  /** Looks on the next turn: what the same event makes us say to the caller goes first. */
  function lookSoon(mailboxIds: readonly string[]): void {
    if (closed) return
    for (const mailboxId of mailboxIds) changed.add(mailboxId)
    sweep ??= clock.setTimer(0, lookAtChanged)
  }

  function lookAtChanged(): void {
    sweep = undefined
    const mailboxes = new Set(changed)
    changed.clear()
    for (const { resource, lamp, teller } of book.all()) {
      const concerned = resource.mailboxIds.some((mailboxId) => mailboxes.has(mailboxId))
      if (concerned && teller.differs()) later(lamp.look)
    }
  }

  function count(mailboxIds: Iterable<string>): void {
    for (const mailboxId of mailboxIds) tally.count(mailboxId)
  }

  function watchCalls(subscription: IncomingSubscription, phone: Phone, granted: Granted): Watch {
    const { domain, callId } = granted
    const teller = createDialogTeller({
      entity: addressOf(domain, granted.user),
      calls: () =>
        board.of(watch.resource).filter(({ dialog }) => dialog.callId === (callId ?? dialog.callId)),
      describe: (call) =>
        describeCall(call, domain, options.pickUpUser?.(call) ?? call.callerNumber ?? 'anonymous'),
    })
    const lamp = lightLamp({ clock, teller, notify: subscription.notify })
    const watch: Watch = { phone, ...granted, lamp, teller, subscription }
    return watch
  }

  function watchSwitch(subscription: IncomingSubscription, phone: Phone, granted: Granted): Watch {
    const { domain, user, resource } = granted
    const teller = createSwitchTeller({
      entity: addressOf(domain, user),
      id: user,
      shines: () => resource.switch !== undefined && options.shines?.(resource.switch) === true,
    })
    const lamp = lightLamp({ clock, teller, notify: subscription.notify })
    return { phone, ...granted, lamp, teller, subscription }
  }

  function watchMessages(subscription: IncomingSubscription, phone: Phone, granted: Granted): Watch {
    const teller = createSummaryTeller({
      counts: () => tally.of(watch.resource.mailboxIds),
      account: addressOf(granted.domain, granted.user),
    })
    const lamp = lightLamp({ clock, teller, notify: subscription.notify })
    const watch: Watch = { phone, ...granted, lamp, teller, subscription }
    return watch
  }

  function watchUnasked(phone: Phone, resource: Resource): Watch {
    const inner = createSummaryTeller({ counts: () => tally.of(watch.resource.mailboxIds) })
    const teller = { ...inner, differs: () => !book.asksItself(phone.name) && inner.differs() }
    const lamp = lightLamp({
      clock,
      teller,
      notify: (makeBody) => options.notifyUnsolicited(phone, makeBody()),
    })
    const watch: Watch = { phone, user: phone.name, resource, event: 'message-summary', lamp, teller }
    return watch
  }

  /** They subscribed, or did so again: the state is told at once (RFC 6665 §4.2.1.2), or as soon as it is known. */
  function answer({ event, resource, lamp }: Watch): void {
    if (event === 'message-summary') {
      count(resource.mailboxIds)
      if (!tally.of(resource.mailboxIds)) return
    }
    lamp.ask()
  }

  function drop(watch: Watch): void {
    watch.lamp.close()
    book.remove(watch)
    tally.keep(book.countedMailboxes())
  }

  function onEnded(watch: Watch, why: 'unsubscribed' | 'expired' | 'failed'): void {
    drop(watch)
    const unasked = book.unasked(watch.phone.name)
    if (watch.event !== 'message-summary' || !unasked || book.asksItself(watch.phone.name)) return
    // A NOTIFY that they wanted as the last has told what is true; one that failed has not.
    if (why === 'unsubscribed' && watch.user === unasked.user) unasked.teller.tell()
    else unasked.lamp.repeat()
  }

  /** Looks again at what a watch may see. Who may see it no longer hears that there is nothing, and no more. */
  function review(watch: Watch): void {
    const resource = resourceOf(watch.phone, watch.user)
    const known = watch.resource.mailboxIds
    watch.resource = resource ?? { mailboxIds: [] }
    if (!resource) {
      drop(watch)
      return watch.subscription?.end('noresource', watch.teller.tell)
    }
    if (watch.event === 'message-summary') count(resource.mailboxIds.filter((id) => !known.includes(id)))
    watch.lamp.look()
  }

  return {
    subscribe(subscription, phone) {
      if (closed) return subscription.reject(503, [['Retry-After', '5']])
      const judgement = judgeSubscription(subscription, (user) => resourceOf(phone, user))
      if (judgement.kind === 'refused') return subscription.reject(judgement.status, judgement.headers)
      if (book.ofPhone(phone.name).length >= MOST_SUBSCRIPTIONS) {
        return subscription.reject(500, [['Retry-After', '600']])
      }
      const watchDialogs = judgement.resource.switch === undefined ? watchCalls : watchSwitch
      const open = judgement.event === 'dialog' ? watchDialogs : watchMessages
      const watch = open(subscription, phone, judgement)
      book.add(watch)
      subscription.onRefreshed = () => answer(watch)
      subscription.onEnded = (why) => onEnded(watch, why)
      subscription.accept(Math.min(subscription.expiresSeconds, LONGEST_SECONDS))
      answer(watch)
    },
    registered(phone) {
      const resource = closed ? undefined : resourceOf(phone, phone.name)
      if (!resource) return
      const watch = book.unasked(phone.name) ?? watchUnasked(phone, resource)
      watch.resource = resource
      book.add(watch)
      count(resource.mailboxIds)
      watch.lamp.repeat()
    },
    gone(phoneName) {
      const watch = book.unasked(phoneName)
      if (watch) drop(watch)
    },
    forget(phoneName) {
      for (const watch of book.ofPhone(phoneName)) {
        drop(watch)
        watch.subscription?.end('deactivated')
      }
    },
    messagesChanged(mailboxId) {
      const watched = book.countedMailboxes()
      if (mailboxId === undefined) count(watched)
      else if (watched.has(mailboxId)) tally.count(mailboxId)
    },
    callChanged: (call) => lookSoon(board.put(call)),
    callEnded: (id) => lookSoon(board.remove(id)),
    switchesChanged() {
      for (const { resource, lamp, teller } of book.all())
        if (resource.switch !== undefined && teller.differs()) later(lamp.look)
    },
    houseChanged() {
      for (const watch of book.all()) review(watch)
      tally.keep(book.countedMailboxes())
    },
    close() {
      closed = true
      sweep?.cancel()
      tally.close()
      for (const watch of book.all()) {
        watch.lamp.close()
        book.remove(watch)
        watch.subscription?.end('deactivated')
      }
    },
  }
}
