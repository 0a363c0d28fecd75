import type { Ending } from '../call/orders.ts'
import type { Kept, Mailboxes } from '../mailbox/mailbox.ts'
import { inPlaceOfName } from '../mailbox/take-meta.ts'
import { weighTake } from '../mailbox/weigh-take.ts'
import { within } from '../mailbox/within.ts'
import type { RecordedTake } from '../media/recorder/recorder.ts'
import type { Attestation } from '../shared/attestation.ts'
import type { GateEnd } from '../shared/caller-gate.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { AfterPickUp, CallDetails } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import type { LiveCall, MachineEvent } from './machine.ts'
import { outcomeOf } from './outcome.ts'
import type { CallEnd, RunningCall } from './run-call.ts'
import type { WriteQueue } from './write-queue.ts'

/** The calls going on, and their rows in the store. */
export interface CallBook {
  readonly running: ReadonlyMap<string, RunningCall>
  /** RTP packets of strangers in all calls that have ended. */
  readonly packetsIgnored: number
  /** `said`: what its line says of the caller, header by header. */
  begin(id: string, call: RunningCall, said: CallDetails['said']): void
  changed(call: RunningCall): void
  /** What was found out of its caller, perhaps after it was over. */
  attested(call: RunningCall, attestation: Attestation): void
  gateOver(call: RunningCall, went: GateEnd): void
  /** `counts`: it let the caller through the gate. What did not becomes junk, where nothing else of the call is kept. */
  nameSaid(call: RunningCall, take: RecordedTake, counts: boolean): void
  /** `pickedUp`: it ended because somebody picked up, and this is what the mailbox does then. */
  takeEnded(callId: string, take: RecordedTake, pickedUp?: AfterPickUp): void
  ended(call: RunningCall, end: CallEnd): void
  /** Resolves when no call is left and every row is written; false if that takes longer than `patienceMs`. */
  allEnded(patienceMs: number): Promise<boolean>
  /** Ends the calls that go on: 503 while it rings, BYE afterwards. */
  giveUp(): void
}

/** What a call left, and its message on its way into the store. */
interface Left {
  readonly take: RecordedTake
  readonly pickedUp: AfterPickUp | undefined
  readonly keeping: Promise<Kept | undefined>
}

/** Who is told of a call's end finds its message; a store that takes no rows now holds nobody up for longer. */
const SOON_MS = 500

export function openCallBook(options: {
  readonly store: Pick<Store, 'calls'>
  readonly mailboxes: Pick<Mailboxes, 'keep' | 'keepName' | 'discard'>
  readonly writes: WriteQueue
  readonly tell: (event: MachineEvent) => void
  readonly clock: Clock
  readonly log: Log
}): CallBook {
  const { store, mailboxes, writes, tell, clock, log } = options
  const running = new Map<string, RunningCall>()
  const left = new Map<string, Left>()
  /** What was said at a gate that did not let its caller through, until her call is over. */
  const unheeded = new Map<string, RecordedTake[]>()
  let packetsIgnored = 0
  let lastEnded = Promise.withResolvers<void>()

  function keep(take: RecordedTake, pickedUp?: AfterPickUp): Left {
    const keeping = writes.add('a message', () => mailboxes.keep(take, pickedUp))
    void keeping.then((kept) => {
      if (kept?.kind === 'message') tell({ kind: 'message-added', messageId: kept.message.id })
    })
    return { take, pickedUp, keeping }
  }

  /** A human is not lost: who left nothing else, and was talked to by nobody, is found in junk with what she said. */
  function takeAllLeft(id: string, ending: Ending): readonly Left[] {
    const message = left.get(id)
    left.delete(id)
    const names = takeUnheeded(id)
    const all = message ? [message] : []
    const isHeard = ending === 'talked' || ending === 'let-in'
    if (names.length > 0 && !isHeard && messageAmong(all.map(weigh))?.kind !== 'message')
      return [...all, ...names.map((take) => keep(inPlaceOfName(take)))]
    names.forEach(mailboxes.discard)
    return all
  }

  function takeUnheeded(id: string): readonly RecordedTake[] {
    const takes = unheeded.get(id) ?? []
    unheeded.delete(id)
    return takes
  }

  function writeEnd(view: LiveCall, { ending, answeredAt, endedAt }: CallEnd): void {
    const all = takeAllLeft(view.id, ending)
    const keeping = Promise.all(all.map((each) => each.keeping))
    void writes.add("a call's end", async () => {
      const end = endOf(ending, messageAmong(await keeping))
      await store.calls.end(view.id, { answeredAt, endedAt, ...end, encrypted: view.encrypted })
    })
    void within(keeping, SOON_MS, clock).then(async (isKept) => {
      const kept = messageAmong(isKept ? await keeping : all.map(weigh))
      const junk = kept?.kind === 'message' && kept.message.state === 'junk'
      tell({ kind: 'call-ended', callId: view.id, ...endOf(ending, kept), junk })
    })
    running.delete(view.id)
    if (running.size > 0) return
    lastEnded.resolve()
    lastEnded = Promise.withResolvers()
  }

  return {
    running,
    get packetsIgnored() {
      return packetsIgnored
    },
    begin(id, call, said) {
      running.set(id, call)
      const { lineId, callerNumber, callerE164, callerName, arrivedAt, attestation, rule, gate } = call.view
      void writes.add('a call', () =>
        store.calls.add({
          id,
          lineId,
          callerNumber,
          callerE164,
          callerName,
          arrivedAt,
          answeredAt: null,
          endedAt: null,
          outcome: null,
          messageId: null,
          attestation,
          said,
          ruleId: rule?.id ?? null,
          ruleName: rule?.name ?? null,
          gate,
        }),
      )
    },
    attested(call, attestation) {
      const { id } = call.view
      if (running.has(id)) call.attest(attestation)
      void writes.add("what was found out of a call's number", () => store.calls.attest(id, attestation))
    },
    gateOver(call, went) {
      const { id } = call.view
      void writes.add('how a gate was passed', () => store.calls.gateOver(id, went))
    },
    nameSaid(call, take, counts) {
      const { id } = call.view
      if (!counts) return void unheeded.set(id, [...takeUnheeded(id), take])
      takeUnheeded(id).forEach(mailboxes.discard)
      void writes
        .add('a name', () => mailboxes.keepName(take))
        .then((name) => {
          if (!name) return
          if (running.has(id)) call.named(name)
          tell({ kind: 'name-said', callId: id, name })
        })
    },
    changed: (call) => tell({ kind: 'call-changed', call: call.view }),
    takeEnded(callId, take, pickedUp) {
      const kept = keep(take, pickedUp)
      // The call's message is the one that was left; a conversation that was recorded stands for itself.
      if (!left.has(callId)) left.set(callId, kept)
    },
    ended(call, end) {
      packetsIgnored += end.stats?.packetsIgnored ?? 0
      const { view } = call
      const { ending, stats, noSound } = end
      const facts = { call: view.id, line: view.lineName, ending, media: stats }
      if (noSound === undefined) log.info(facts, 'call ended')
      else log.warn({ ...facts, why: noSound }, 'a caller was refused: no sound could flow')
      writeEnd(view, end)
    },
    async allEnded(patienceMs) {
      const deadline = clock.monotonic() + patienceMs
      if (running.size > 0 && !(await within(lastEnded.promise, patienceMs, clock))) return false
      return writes.idle(deadline - clock.monotonic())
    },
    giveUp() {
      for (const call of running.values()) call.giveUp()
    },
  }
}

const endOf = (ending: Ending, kept: Kept | undefined) => ({
  outcome: outcomeOf(ending, kept),
  messageId: kept?.kind === 'message' ? kept.message.id : null,
})

const weigh = ({ take, pickedUp }: Left): Kept => weighTake(take, pickedUp)

const messageAmong = (all: readonly (Kept | undefined)[]) =>
  all.find((kept) => kept?.kind === 'message') ?? all[0]
