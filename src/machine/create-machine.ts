import type { Mailboxes } from '../mailbox/mailbox.ts'
import type { MediaEngine } from '../media/engine.ts'
import { makePlan } from '../rules/make-plan.ts'
import type { Clock } from '../shared/clock.ts'
import type { MakeId } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import type { Random } from '../shared/random.ts'
import type { Endpoint, IncomingInvite } from '../sip/endpoint.ts'
import { subscriberOf } from '../sip/message/subscriber.ts'
import type { Line } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import { openCallBook } from './call-book.ts'
import { loadClips } from './clips.ts'
import { watchHealth } from './health.ts'
import { type Entry, openLineBook } from './line-book.ts'
import type { Machine, MachineEvent } from './machine.ts'
import { createNotes } from './notes.ts'
import { runCall } from './run-call.ts'
import { watchStrangers } from './strangers.ts'
import { createWriteQueue } from './write-queue.ts'

export interface MachineOptions {
  readonly store: Pick<
    Store,
    'lines' | 'mailboxes' | 'greetings' | 'calls' | 'audit' | 'blocked' | 'onChange' | 'check'
  >
  readonly mailboxes: Pick<Mailboxes, 'keep'>
  readonly media: MediaEngine
  readonly greetingsDir: string
  /** What session descriptions say instead of the local address, behind NAT. */
  readonly publicAddress?: string
  readonly makeId: MakeId
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** How long the rows of calls that were cut short may take. */
const LAST_ROWS_MS = 2000

/** The machine, and what its SIP endpoint asks and tells. */
export interface SipMachine extends Machine {
  /** Whether anybody at this address is answered at all. */
  admits(address: string): boolean
  takeCall(invite: IncomingInvite): void
  /** The lines as calls are answered now: a change of them in the store gets here a moment later. */
  readonly lines: readonly Line[]
  /** RTP packets of strangers in all calls that have ended. */
  readonly rtpPacketsIgnored: number
  /** The endpoint that the calls come from: draining tells it to refuse new ones. */
  attach(endpoint: Pick<Endpoint, 'refuseNew'>): void
}

/** Sets the machine up: lines, clips, the watch over disk and database. Rejects when the store can't be read. */
export async function createMachine(options: MachineOptions): Promise<SipMachine> {
  const { store, mailboxes, media, clock, random, log, makeId } = options
  const clips = await loadClips({ media, greetingsDir: options.greetingsDir, log })
  const lines = await openLineBook(store, clips)
  const strangers = watchStrangers({ clock, log })
  const watchers = new Set<(event: MachineEvent) => void>()
  let endpoint: Pick<Endpoint, 'refuseNew'> | undefined

  const tell = (event: MachineEvent) => {
    for (const watcher of watchers) watcher(event)
  }
  const writes = createWriteQueue({ clock, log, onTrouble: () => void health.lookNow() })
  const notes = createNotes({ store, writes, clock })
  const health = watchHealth({
    media,
    store,
    writeTrouble: () => writes.trouble,
    clock,
    log,
    onChange: (current) => tell({ kind: 'health-changed', health: current }),
  })
  const calls = openCallBook({ store, mailboxes, writes, tell, clock, log })
  const readLines = () =>
    lines
      .reload()
      .catch((error) => log.error({ err: error }, 'the lines can not be read; the last known ones stay'))
  const stopFollowing = store.onChange((tables) => {
    if (tables.size === 0 || ['lines', 'mailboxes', 'greetings'].some((table) => tables.has(table)))
      void readLines()
  })
  // Between the first reading and this nobody would have heard of a change.
  await readLines()

  function answerFor(entry: Entry, invite: IncomingInvite): void {
    const { line, mailbox, greetingClip } = entry
    const id = makeId()
    const call = runCall({
      id,
      messageId: makeId(),
      invite,
      entry,
      plan: makePlan({ ...mailbox, blocked: false, ringSeconds: line.ringSeconds, greeting: greetingClip }),
      media,
      ...(options.publicAddress === undefined ? {} : { publicAddress: options.publicAddress }),
      sessionId: random.uint32(),
      storageFull: () => health.storageFull,
      clock,
      events: {
        onChanged: calls.changed,
        onTakeEnded: (take) => calls.takeEnded(id, take),
        onEnded: calls.ended,
      },
    })
    calls.begin(id, call)
  }

  return {
    admits(address) {
      const admitted = lines.admits(address)
      if (!admitted) strangers.seen(address)
      return admitted
    },
    takeCall(invite) {
      const { request } = invite
      const entry = lines.find(request.source.address, subscriberOf(request.uri))
      // One answer for every user that is no line, whatever else exists.
      if (entry) answerFor(entry, invite)
      else invite.reject(404)
    },
    attach(attached) {
      endpoint = attached
    },
    get lines() {
      return lines.lines
    },
    get rtpPacketsIgnored() {
      return calls.packetsIgnored
    },
    liveCalls: () => [...calls.running.values()].map(({ view }) => view),
    async act(callId, act, by) {
      const call = calls.running.get(callId)
      // The others need the owner's phones (owner/).
      if (act !== 'answer-now' && act !== 'hang-up' && act !== 'block') return 'over'
      if (!call?.act({ kind: act })) return 'over'
      notes.acted(call.view, act, by)
      return 'done'
    },
    health: () => health.current,
    watch(onEvent) {
      watchers.add(onEvent)
      return () => void watchers.delete(onEvent)
    },
    async drain(patienceMs) {
      endpoint?.refuseNew()
      health.setDraining()
      if (await calls.allEnded(patienceMs)) return
      log.warn({ calls: calls.running.size }, 'patience is over: the calls in progress are ended')
      calls.giveUp()
      if (!(await calls.allEnded(LAST_ROWS_MS)))
        log.warn('not everything was finished in time; the journal keeps the rest')
    },
    async close() {
      stopFollowing()
      health.close()
      writes.close()
    },
  }
}
