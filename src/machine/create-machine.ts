import type { Stir } from '../caller/stir/open-stir.ts'
import { openRegistrations, type Registrations } from '../line/open-registrations.ts'
import type { Mailboxes } from '../mailbox/mailbox.ts'
import type { MediaEngine } from '../media/engine.ts'
import { type AccountWay, wayOut } from '../owner/house/way-out.ts'
import type { Clock } from '../shared/clock.ts'
import type { MakeId } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import type { Random } from '../shared/random.ts'
import type { Endpoint, EndpointEvents } from '../sip/endpoint.ts'
import type { Destination } from '../sip/transport/transport.ts'
import { actOnCall } from './act-on-call.ts'
import { afterActs } from './acted.ts'
import { createAdmission } from './admission.ts'
import { openAnnouncements } from './announcements.ts'
import { answerSwitch } from './answer-switch.ts'
import { createAnswering } from './answering.ts'
import { openCallBook } from './call-book.ts'
import { openCallTraces } from './call-traces.ts'
import { openCallerBooks } from './caller-books.ts'
import { CAPABILITIES } from './capabilities.ts'
import { loadClips } from './clips.ts'
import { followLines } from './follow-lines.ts'
import { openFrontDoor } from './front-door.ts'
import { watchHealth } from './health.ts'
import { watchHiddenLines } from './hidden-lines.ts'
import { openHouseSwitches } from './house-switches.ts'
import { languageOf } from './language-of.ts'
import { openLevels } from './levels.ts'
import { openLineBook } from './line-book.ts'
import { openLineWatch } from './line-watch.ts'
import type { MachineEvent } from './machine.ts'
import type { MachineStore } from './machine-store.ts'
import { createMenus, type MenuPlaces } from './menu/menus.ts'
import { openPinLock } from './menu/pin-lock.ts'
import { createNotes } from './notes.ts'
import { openOwnAddress } from './own-address.ts'
import { openPhoneSide, type PhoneSettings } from './phone-side.ts'
import { type DiskUse, openQuotaWatch } from './quota-watch.ts'
import type { SipMachine } from './sip-machine.ts'
import { openSoundTest } from './sound-test.ts'
import { watchStrangers } from './strangers.ts'
import { createTestCalls } from './test-calls.ts'
import { type Mapping, type MappingOptions, watchMapping } from './watch-mapping.ts'
import { createWriteQueue } from './write-queue.ts'

export interface MachineOptions {
  readonly store: MachineStore
  readonly mailboxes: Pick<Mailboxes, 'keep' | 'keepName' | 'nameFile' | 'discard'>
  readonly media: MediaEngine
  /** How many sessions media has ports for. */
  readonly capacity: number
  readonly greetingsDir: string
  /** What the spoken menu acts upon; absent: there is none. */
  readonly menu?: MenuPlaces
  /** Where a SIP URI leads (RFC 3263). */
  readonly locate: (uri: string) => Promise<readonly Destination[]>
  /** What session descriptions say instead of the local address, behind NAT. */
  readonly publicAddress?: string
  /** Who is asked how the world sees us, and how its name is looked up. */
  readonly stun?: Pick<MappingOptions, 'server' | 'resolve'>
  /** How often the ways to registrars are kept open. */
  readonly keepAliveMs?: number
  /** Checks the signatures under callers' numbers; nobody does, unless given. */
  readonly stir?: Stir | undefined
  /** How full the disk of the recordings is. */
  readonly disk?: () => Promise<DiskUse | undefined>
  readonly phones: PhoneSettings
  readonly makeId: MakeId
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** How long the rows of calls that were cut short may take. */
const LAST_ROWS_MS = 2000

/** Sets the machine up: lines, clips, the watch over disk and database. Rejects when the store can't be read. */
export async function createMachine(options: MachineOptions): Promise<SipMachine> {
  const { store, mailboxes, media, clock, random, log, makeId } = options
  const clips = await loadClips({ media, greetingsDir: options.greetingsDir, log })
  /** They begin with the endpoint. */
  let registrations: Registrations | undefined
  let mapping: Mapping | undefined
  const lines = await openLineBook(
    store,
    clips,
    (source, lineId) => registrations?.livesAt(source, lineId) === true,
  )
  const strangers = watchStrangers({ clock, log })
  const admission = createAdmission({ media, capacity: options.capacity, clock, log })
  const testCalls = createTestCalls({ clock, random })
  const watchers = new Set<(event: MachineEvent) => void>()
  let endpoint: Endpoint | undefined
  const own = openOwnAddress({
    publicAddress: options.publicAddress,
    registrations: () => registrations,
    mapping: () => mapping,
    endpoint: () => endpoint,
  })

  const tell = (event: MachineEvent) => {
    for (const watcher of watchers) watcher(event)
  }
  const writes = createWriteQueue({ clock, log, onTrouble: () => void health.lookNow() })
  const notes = createNotes({ store, writes, clock })
  const traces = openCallTraces({ store, writes, makeId, clock, log })
  const health = watchHealth({
    media,
    store,
    writeTrouble: () => writes.trouble,
    clock,
    log,
    onChange: (current) => tell({ kind: 'health-changed', health: current }),
  })
  const lineWatch = await openLineWatch({
    store,
    writes,
    nameOf(id) {
      const line = lines.byId(id)?.line
      return line?.account ? line.name : undefined
    },
    clock,
    tell,
  })
  const books = await openCallerBooks({
    store,
    clock,
    log,
    onChange: () => tell({ kind: 'contacts-changed' }),
  })
  const { contacts, rules } = books
  const acted = afterActs(notes, books.blocked)
  const byAccount: AccountWay = (id, number) => {
    const request = registrations?.callThrough(id, number)
    return request && { request, publicAddress: own.publicAddressOf({ id }) }
  }
  const switches = await openHouseSwitches(options, tell)
  const pins = await openPinLock({
    ...options,
    writes,
    onLocked: (news) => tell({ kind: 'pin-locked', ...news }),
  })
  const quotas = await openQuotaWatch({
    store,
    disk: options.disk ?? (async () => undefined),
    clock,
    log,
    tell,
  })
  const menus =
    options.menu &&
    createMenus({
      ...{ ...options, places: options.menu, pins, lines, clips },
      callToHear: (of) => side.callToHear(of),
    })
  const side = await openPhoneSide({
    ...options.phones,
    switches: () => switches.current,
    answerMenu: (leg, ...of) => (menus ? menus.answerPhone(leg, ...of) : leg.refuse(404)),
    answerSwitch: (leg, which, mailboxIds) =>
      answerSwitch(leg, which, {
        ...{ switches, clips, clock, log },
        language: () => languageOf(store, mailboxIds),
      }),
    ...{ store, media, byAccount, clock, random, log },
    lines: () => lines.lines,
    contactOf: contacts.contactOf,
    legWatch: traces.legWatch,
    publicAddress: options.publicAddress,
  })
  watchers.add(({ kind }) => kind === 'switches-changed' && side.switchesChanged())
  const soundTest = await openSoundTest({
    ...options,
    endpoint: () => endpoint,
    wayOut: (line, number) => wayOut(line, number, byAccount),
  })
  const calls = openCallBook({ store, mailboxes, writes, tell, clock, log })
  const levels = openLevels(calls.running)
  const hidden = watchHiddenLines({ localFor: (peer) => endpoint?.localFor(peer)?.address, log })
  const onRead = () => {
    side.linesChanged()
    registrations?.follow(lines.lines)
  }
  const stopFollowing = await followLines({ store, lines, onRead, log })

  const answering = createAnswering({
    ...{ acted, announcements: openAnnouncements({ media, mailboxes, clock, log }) },
    ...{ admission, own, hidden, books, switches, menus, side, health, quotas, calls, levels, notes, traces },
    ...{ stir: options.stir, media, makeId, clock, random },
  })
  const door = openFrontDoor({ lines, side, testCalls, soundTest, strangers, admission, ...answering })
  const events: EndpointEvents = {
    ...side.events,
    guard: door.guard,
    onInvite: door.onInvite,
    onClosed(source) {
      side.events.onClosed?.(source)
      registrations?.closed(source)
    },
  }

  return {
    capabilities: CAPABILITIES,
    admits: door.admits,
    answersStun: side.isAtHome,
    seenBy: own.seenBy,
    events,
    tap: traces.tap,
    attach(attached) {
      endpoint = attached
      side.attach(attached)
      registrations = openRegistrations({
        endpoint: attached,
        locate: options.locate,
        publicAddress: options.publicAddress,
        keepAliveMs: options.keepAliveMs,
        clock,
        random,
        log,
        onStanding: lineWatch.noted,
      })
      registrations.follow(lines.lines)
      const ask = attached.askStun
      mapping =
        options.stun &&
        watchMapping({ ...options.stun, ask, clock, log, onChange: () => registrations?.lookAgain() })
    },
    get lines() {
      return lines.lines
    },
    registrarClocks: () =>
      [...(registrations?.clocks() ?? [])].map(([id, aheadMs]) => ({
        line: lines.byId(id)?.line.name ?? id,
        aheadMs,
      })),
    get phonesInUse() {
      return side.inUse
    },
    get rtpPacketsIgnored() {
      return calls.packetsIgnored
    },
    liveCalls: () => [...calls.running.values()].map(({ view }) => view),
    async act(callId, act, by, detail = {}) {
      const call = calls.running.get(callId)
      const result = call ? actOnCall(call, act, by, detail, side) : 'over'
      // Who picks up or listens is noted when it does.
      if (call && result === 'done' && act !== 'pick-up' && act !== 'listen') acted(call.view, act, by)
      return result
    },
    watchLevels: levels.watch,
    nameWritten(callId, words) {
      const call = calls.running.get(callId)
      const name = call?.view.gate?.name
      if (name && words !== '') call.named({ ...name, words })
    },
    contactOf: contacts.contactOf,
    traceOf: traces.running,
    rules,
    lendPhone: side.lend,
    testCalls,
    async testSound(lineId, number) {
      const entry = lines.byId(lineId)
      return entry && soundTest.run(entry.line, number)
    },
    health: () => health.current,
    fills: () => quotas.fills,
    switches: () => switches.current,
    watch(onEvent) {
      watchers.add(onEvent)
      return () => void watchers.delete(onEvent)
    },
    async drain(patienceMs) {
      // No calls are wanted any more; those that go on need no registration.
      const leaving = registrations?.stop()
      lineWatch.close()
      // What is left may still be picked up.
      side.refuseHouseCalls()
      soundTest.close()
      endpoint?.refuseNew((request) => side.senderOf(request) !== undefined)
      health.setDraining()
      if (!(await calls.allEnded(patienceMs))) {
        log.warn({ calls: calls.running.size }, 'patience is over: the calls in progress are ended')
        calls.giveUp()
        if (!(await calls.allEnded(LAST_ROWS_MS)))
          log.warn('not everything was finished in time; the journal keeps the rest')
      }
      menus?.close()
      side.sayGoodbye()
      traces.finish()
      await writes.idle(LAST_ROWS_MS)
      await leaving
    },
    async close() {
      stopFollowing()
      lineWatch.close()
      mapping?.close()
      books.close()
      switches.close()
      quotas.close()
      await side.close()
      traces.close()
      health.close()
      writes.close()
    },
  }
}
