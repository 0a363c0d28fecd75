import { identifyCaller } from '../caller/identity/identify-caller.ts'
import type { MediaEngine } from '../media/engine.ts'
import { decidingRule, UNRULED } from '../rules/decide.ts'
import { planOwnersSide } from '../rules/owner-plan.ts'
import { iceCredentials } from '../sdp/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { MakeId } from '../shared/ids.ts'
import { networkOf } from '../shared/network-of.ts'
import type { Random } from '../shared/random.ts'
import type { IncomingInvite } from '../sip/endpoint.ts'
import { isEncrypted } from '../sip/transport/transport.ts'
import type { Line } from '../store/model.ts'
import type { Acted } from './acted.ts'
import type { Admission } from './admission.ts'
import type { Announcements } from './announcements.ts'
import { attestCall } from './attest-call.ts'
import type { CallBook } from './call-book.ts'
import type { CallTraces } from './call-traces.ts'
import type { CallerBooks } from './caller-books.ts'
import type { HealthWatch } from './health.ts'
import type { watchHiddenLines } from './hidden-lines.ts'
import type { HouseSwitches } from './house-switches.ts'
import { lampOf } from './lamp-of.ts'
import type { Levels } from './levels.ts'
import type { Entry } from './line-book.ts'
import type { Menus } from './menu/menus.ts'
import type { Notes } from './notes.ts'
import type { OwnAddress } from './own-address.ts'
import type { PhoneSide } from './phone-side.ts'
import { planCall } from './plan-call.ts'
import type { QuotaWatch } from './quota-watch.ts'
import { type RunCallOptions, type RunningCall, runCall } from './run-call.ts'
import { TEST_CALLER } from './test-calls.ts'

/** What a call that arrives meets in the house. */
export interface AnsweringOptions {
  readonly admission: Admission
  readonly own: Pick<OwnAddress, 'publicAddressOf'>
  readonly hidden: ReturnType<typeof watchHiddenLines>
  readonly books: Pick<CallerBooks, 'contacts' | 'rules'>
  readonly switches: Pick<HouseSwitches, 'current'>
  readonly menus: Pick<Menus, 'doorFor'> | undefined
  readonly side: Pick<PhoneSide, 'open' | 'callChanged' | 'callEnded'>
  readonly health: Pick<HealthWatch, 'storageFull'>
  readonly quotas: Pick<QuotaWatch, 'refuses'>
  readonly calls: CallBook
  readonly levels: Pick<Levels, 'changed'>
  readonly notes: Pick<Notes, 'noted'>
  /** Writes down what somebody did to a call, and blocks whom they blocked. */
  readonly acted: Acted
  readonly announcements: Announcements
  readonly traces: Pick<CallTraces, 'begin' | 'end'>
  readonly stir: Parameters<typeof attestCall>[0]
  readonly media: MediaEngine
  readonly makeId: MakeId
  readonly clock: Clock
  readonly random: Random
}

export interface Answering {
  /** Takes a call on this line in, and runs it to its end. `isTest`: nobody calls, the owner tries his line. */
  answerFor(entry: Entry, invite: IncomingInvite, isTest?: boolean): void
  /** What the session of a call on this line is made with. */
  legOf(
    line: Line,
    request: Pick<IncomingInvite['request'], 'source'>,
  ): Pick<RunCallOptions, 'publicAddress' | 'sessionId' | 'sdes'>
}

export function createAnswering(options: AnsweringOptions): Answering {
  const { admission, own, hidden, books, switches, menus, side, health, quotas } = options
  const { acted, announcements, calls, levels, notes, traces, media, makeId, clock, random } = options
  const { contacts, rules } = books

  function changed(call: RunningCall): void {
    calls.changed(call)
    levels.changed(call.view.id)
    side.callChanged(lampOf(call, contacts.contactOf))
  }

  const legOf: Answering['legOf'] = (line, { source }) => ({
    publicAddress: own.publicAddressOf(line),
    sessionId: random.uint32(),
    sdes: { use: line.srtp, isPrivate: isEncrypted(source), random },
  })

  function answerFor(entry: Entry, invite: IncomingInvite, isTest = false): void {
    const { line, mailbox } = entry
    const leave = admission.enter(networkOf(invite.request.source.address))
    if (!leave) return invite.reject(503, [['Retry-After', '10']])
    if (!isTest) hidden.seen(line, invite.request.source, own.publicAddressOf(line))
    const { facts: caller, said } = isTest
      ? { facts: TEST_CALLER, said: [] }
      : identifyCaller(invite.request.headers, line)
    const at = clock.now()
    // By a test call the owner hears what the line does.
    const { by, action } = isTest ? UNRULED : rules.decide({ caller, line, mailbox, at })
    const id = makeId()
    const { callId } = invite.dialogId
    traces.begin(id, callId, caller.number)
    const call = runCall({
      id,
      messageId: makeId(),
      invite,
      caller,
      isKnown: contacts.contactOf(caller.number, caller.e164) !== null,
      entry,
      plan: planCall(entry, caller.number, action, {
        ...{ ...switches.current, at },
        messagesWait: rules.messagesIn(mailbox.id, 'new') > 0,
      }),
      rule: decidingRule(by),
      ours: planOwnersSide(action),
      phoneNamed: rules.phoneNamed,
      makeId,
      media,
      openOwner: side.open,
      ...legOf(line, invite.request),
      ...(menus && { remote: menus.doorFor({ callId: id, number: caller.number, mailbox }) }),
      ...(isTest && { browser: iceCredentials(random) }),
      announce: (named) => announcements.of(id, named, mailbox.language),
      storageFull: () => health.storageFull || quotas.refuses(mailbox.id),
      clock,
      events: {
        onChanged: changed,
        onTakeEnded: (take, why) =>
          // What the owner has typed is no message.
          calls.takeEnded(id, take, why && (why === 'let-in' ? 'discard' : mailbox.afterPickUp)),
        onGateOver: calls.gateOver,
        onNameSaid: calls.nameSaid,
        onPhoneActed: ({ view }, act, phone) => acted(view, act, `phone:${phone}`),
        onNote: ({ view }, what, phone, by) =>
          by === undefined ? notes.noted(view, what, `phone:${phone}`) : notes.noted(view, what, by, phone),
        onGone: leave,
        onEnded(call, end) {
          levels.changed(id)
          side.callEnded(id)
          announcements.forget(id)
          calls.ended(call, end)
          traces.end(id, callId, caller.number, end.stats)
        },
      },
    })
    calls.begin(id, call, said)
    if (!isTest)
      void attestCall(options.stir, invite.request, { caller, line, at: clock.now() }).then(
        (found) => found && calls.attested(call, found),
      )
  }

  return { answerFor, legOf }
}
