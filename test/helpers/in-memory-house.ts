import { join } from 'node:path'
import type { Stir } from '../../src/caller/stir/open-stir.ts'
import { createMachine } from '../../src/machine/create-machine.ts'
import type { MachineEvent } from '../../src/machine/machine.ts'
import type { MenuPlaces } from '../../src/machine/menu/menus.ts'
import type { SipMachine } from '../../src/machine/sip-machine.ts'
import { createLocalEngine } from '../../src/media/create-local-engine.ts'
import type { HearTake, MediaEngine } from '../../src/media/engine.ts'
import { pairsIn } from '../../src/media/front/port-pool.ts'
import type { RecordedTake, Recorder } from '../../src/media/recorder/recorder.ts'
import type { OpenRtpSocket } from '../../src/media/socket/rtp-socket.ts'
import type { Clock } from '../../src/shared/clock.ts'
import { idMaker } from '../../src/shared/ids.ts'
import { type Log, silentLog } from '../../src/shared/log.ts'
import type { Random } from '../../src/shared/random.ts'
import { createEndpoint } from '../../src/sip/create-endpoint.ts'
import type { Endpoint } from '../../src/sip/endpoint.ts'
import { locate } from '../../src/sip/locate/locate.ts'
import type { Transport } from '../../src/sip/transport/transport.ts'
import { createWebSocketTransport } from '../../src/sip/transport/web-socket.ts'
import type { AuditEntry } from '../../src/store/audit-entry.ts'
import type { BlockedNumber, CallDetails, Contact, Rule } from '../../src/store/model.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { type MemoryNetwork, memoryNetwork } from './memory-network.ts'
import { type MemoryRecorder, memoryRecorder } from './memory-recorder.ts'
import { type MemoryRtp, memoryRtp } from './memory-rtp.ts'
import { type HouseRows, type HouseSettings, memoryStore } from './memory-store.ts'
import { memoryWebSocketWire } from './memory-web-socket.ts'
import { type RawPeer, rawPeer } from './raw-peer.ts'
import { type ScriptedHandshakes, scriptedHandshakes } from './scripted-browser.ts'
import { seededRandom } from './seeded-random.ts'

export const HOUSE = '192.0.2.2'
export const CALLER = '192.0.2.1'
/** A further address, where `alsoAt` has it. */
export const HOUSE_IPV6 = '2001:db8:fa::2'
const CALLER_RTP = 30_000
const PORTS = { from: 20_000, to: 20_100 }
/** No phone may come from there by plain SIP. */
export const BROWSER = '198.51.100.7'

/**
 * The whole machine in memory: SIP, screening, media and the recorder's front on a fake clock, a seeded random and wires
 * that a test can read. Only the database and the journal's files are doubles.
 */
/** What every caller of this house says as his name. */
const NAME_FILE = join(import.meta.dirname, '../../assets/prompts/test-caller.wav')

export interface InMemoryHouse extends AsyncDisposable {
  readonly clock: FakeClock
  readonly network: MemoryNetwork
  readonly rtp: MemoryRtp
  readonly recorder: MemoryRecorder
  /** DTLS with browsers, by the test's hand. */
  readonly handshakes: ScriptedHandshakes
  readonly machine: SipMachine
  readonly endpoint: Pick<Endpoint, 'size'>
  readonly caller: RawPeer
  readonly events: readonly MachineEvent[]
  readonly rows: ReadonlyMap<string, CallDetails>
  /** How lines are registered, by line. */
  readonly registrations: HouseRows['registrations']
  /** What went over the wire, by call. */
  readonly traces: HouseRows['traces']
  readonly audit: readonly Omit<AuditEntry, 'id'>[]
  readonly blocked: readonly BlockedNumber[]
  /** Whom the owner knows; `changed('contacts')` tells the machine of it. */
  readonly contacts: Contact[]
  /** The owner's rules; `changed('rules')` tells the machine of them. */
  readonly rules: Rule[]
  readonly kept: readonly RecordedTake[]
  /** Names that were said at a gate. */
  readonly names: readonly RecordedTake[]
  readonly discarded: readonly RecordedTake[]
  /** What the next rejections of a write are: put errors in to make the database fail that often. */
  readonly failures: Error[]
  /** What the store holds, for a test to change; `changed` tells the machine of it. */
  readonly settings: HouseRows['settings']
  readonly counts: HouseRows['counts']
  changed(...tables: readonly string[]): void
  /** A WebSocket that the HTTP server has let in, from outside of the home network. */
  browser(account: string): ReturnType<typeof memoryWebSocketWire>
  /** Lets time pass. */
  pass(ms: number): Promise<void>
  /** The caller's INVITE, and a CSeq for what follows. */
  invite(options?: InviteParts): Promise<void>
  ack(): Promise<void>
  bye(): Promise<void>
  cancel(): Promise<void>
  /** Any further request of the dialog. */
  request(
    method: string,
    cseq: string,
    headers?: readonly string[],
    body?: string,
    branch?: string,
  ): Promise<void>
  /** Sends RTP frames every 20 ms for so long; `payload` is that of the n-th. */
  speak(ms: number, payload?: (packet: number) => Buffer): Promise<void>
}

export interface InviteParts {
  readonly user?: string
  /** Request-URI, if it is not made of the user. */
  readonly uri?: string
  readonly headers?: readonly string[]
  readonly sdp?: string | null
}

export interface HouseOptions extends HouseSettings {
  readonly seed?: number
  /** What the clock on the wall says when it opens. */
  readonly startAt?: number
  readonly publicAddress?: string
  /** Where a STUN server sees the house; it has none unless given. */
  readonly seenByStun?: { readonly address: string; readonly port: number }
  readonly log?: Log
  readonly space?: () => { journalFreeBytes: number; diskFull: boolean }
  /** In place of the recorder in memory. */
  readonly startTake?: Recorder['startTake']
  /** Further addresses of the house, as of another network. */
  readonly alsoAt?: readonly string[]
  /** Networks from which phones may register; that of the house unless given. */
  readonly phonesFrom?: readonly string[]
  readonly through?: Through
  /** Checks signatures; nobody does unless given. */
  readonly stir?: Stir
  /** Addresses of names; no name has any, unless given. */
  readonly names?: Readonly<Record<string, readonly string[]>>
  readonly hearTake?: HearTake
  /** Media threads; 1 unless given. */
  readonly mediaThreads?: number
}

/** What may be put between the machine and its world: each gets what the house would use, and gives what it uses instead. */
export interface Through {
  /** The machine's clock; SIP and media keep the house's. */
  clock?(clock: Clock): Clock
  /** Toward the callers: the one at HOUSE. */
  transport?(transport: Transport): Transport
  socket?(open: OpenRtpSocket): OpenRtpSocket
  /** The engine, made with randomness that may be other than the house's. */
  media?(make: (random: Random) => MediaEngine, random: Random): MediaEngine
}

/** What the spoken menu finds. */
const NO_MESSAGES: MenuPlaces['mailboxes'] = {
  list: async () => ({ rows: [], nextCursor: null, total: 0 }),
  ...{ audioFile: never, markHeard: never, trash: never, restore: never },
}

export async function openHouse(options: HouseOptions = {}): Promise<InMemoryHouse> {
  const clock = fakeClock(options.startAt)
  const random = seededRandom(options.seed ?? 7)
  const network = memoryNetwork({ clock, random: seededRandom(1), latencyMs: 1 })
  const rtp = memoryRtp(clock)
  const recorder = {
    ...memoryRecorder(clock),
    ...(options.space ? { space: async () => options.space?.() ?? never() } : {}),
    ...(options.startTake ? { startTake: options.startTake } : {}),
  }
  const { through = {} } = options
  const openSocket = through.socket?.(rtp.open) ?? rtp.open
  const handshakes = scriptedHandshakes()
  const makeMedia = (random: Random) =>
    createLocalEngine({
      clock,
      random,
      ports: PORTS,
      openSocket,
      recorder,
      startHandshakes: handshakes.start,
      hearTake: options.hearTake,
      ...(options.mediaThreads ? { hosts: options.mediaThreads } : {}),
    })
  const media = through.media?.(makeMedia, random) ?? makeMedia(random)
  const rows: HouseRows = {
    calls: new Map((options.earlier ?? []).map((call) => [call.id, call])),
    audit: [],
    blocked: (options.blocked ?? []).map((number) => ({ number, name: null, at: 0, by: 'console' })),
    contacts: [...(options.contacts ?? [])],
    rules: [...(options.rules ?? [])],
    bindings: [],
    registrations: new Map(),
    traces: new Map(),
    counts: [],
    settings: {
      line: { trunk: [`${CALLER}/32`], ...options.line },
      mailbox: { ...options.mailbox },
      ...(options.switches && { switches: options.switches }),
    },
    listeners: new Set(),
  }
  const kept: RecordedTake[] = []
  const names: RecordedTake[] = []
  const discarded: RecordedTake[] = []
  const failures: Error[] = []
  const makeId = idMaker(clock, random)
  const fail = () => {
    const error = failures.shift()
    if (error) throw error
  }
  const machine = await createMachine({
    store: memoryStore(options, rows, fail),
    stir: options.stir,
    mailboxes: {
      async keep(take, pickedUp) {
        fail()
        if (pickedUp === 'discard') {
          discarded.push(take)
          return { kind: 'discarded' }
        }
        kept.push(take)
        if (take.durationMs < 1000) return { kind: 'nothing-said' }
        return { kind: 'message', message: { id: take.takeId } as never }
      },
      async keepName(take) {
        fail()
        names.push(take)
        return { takeId: take.takeId, file: take.file, durationMs: take.durationMs, words: null }
      },
      nameFile: async () => NAME_FILE,
      discard: (take) => void discarded.push(take),
    },
    media,
    capacity: pairsIn(PORTS),
    greetingsDir: '/nowhere',
    menu: { mailboxes: NO_MESSAGES, greetings: { add: never }, recordingsDir: '/nowhere' },
    locate: async (uri) => {
      const addresses = async (name: string) => options.names?.[name] ?? []
      return locate(uri, { records: { ...NO_NAMES, addresses }, random })
    },
    phones: {
      phonesFrom: options.phonesFrom ?? ['192.0.2.0/24'],
      listenCode: '*1',
      pickUpCode: '*8',
      menuCode: '*98',
      machineCode: '*60',
      quietCode: '*61',
    },
    ...(options.seenByStun && {
      stun: { server: { host: 'stun', port: 3478 }, resolve: async () => ['192.0.2.9'] },
    }),
    ...(options.publicAddress ? { publicAddress: options.publicAddress } : {}),
    makeId,
    clock: through.clock?.(clock) ?? clock,
    random,
    log: options.log ?? silentLog,
  })
  const endpoint = createEndpoint({
    ...machine.capabilities,
    events: machine.events,
    admits: machine.admits,
    seenBy: machine.seenBy,
    tap: machine.tap,
    clock,
    random,
  })
  const transport = network.udp(HOUSE, 5060, endpoint.receive)
  endpoint.attach(through.transport?.(transport) ?? transport)
  for (const address of options.alsoAt ?? []) endpoint.attach(network.udp(address, 5060, endpoint.receive))
  const http = { address: HOUSE, port: 8080 }
  const webSockets = createWebSocketTransport({ local: http, events: endpoint.receive, clock })
  endpoint.attach(webSockets)
  machine.attach(options.seenByStun ? { ...endpoint, askStun: async () => options.seenByStun } : endpoint)
  const events: MachineEvent[] = []
  machine.watch((event) => events.push(event))
  const caller = rawPeer(network, { address: CALLER, to: { address: HOUSE, port: 5060 } })

  let frames = 0
  const tag = () =>
    caller.heard.map(({ headers }) => /tag=([^;>]+)/.exec(headers.first('To') ?? '')?.[1]).find(Boolean)
  const mediaPort = () => {
    const answer = caller.response('1 INVITE', 200)?.body.toString() ?? ''
    return Number(/^m=audio (\d+)/m.exec(answer)?.[1] ?? 0)
  }
  const voice = rtp.openNow(CALLER, CALLER_RTP)
  let user = 'home'
  const request = async (
    method: string,
    cseq: string,
    extra: readonly string[] = [],
    body = '',
    branch = method,
    uri = `sip:${user}@${HOUSE}`,
  ) => {
    const toTag = branch === 'INVITE' ? undefined : tag()
    caller.send(
      `${[
        `${method} ${uri} SIP/2.0`,
        `Via: SIP/2.0/UDP ${CALLER};branch=z9hG4bK-${branch}`,
        'Max-Forwards: 70',
        'From: "Alice" <sip:+49301234@192.0.2.1>;tag=alice',
        `To: <sip:${user}@${HOUSE}>${toTag ? `;tag=${toTag}` : ''}`,
        'Call-ID: scripted@192.0.2.1',
        `CSeq: ${cseq}`,
        `Contact: <sip:alice@${CALLER}>`,
        ...extra,
      ].join('\n')}\n\n${body}`,
    )
    await house.pass(5)
  }

  const house: InMemoryHouse = {
    clock,
    network,
    rtp,
    recorder,
    handshakes,
    machine,
    endpoint,
    caller,
    events,
    rows: rows.calls,
    registrations: rows.registrations,
    traces: rows.traces,
    audit: rows.audit,
    blocked: rows.blocked,
    contacts: rows.contacts,
    rules: rows.rules,
    kept,
    names,
    discarded,
    failures,
    settings: rows.settings,
    counts: rows.counts,
    changed(...tables) {
      for (const listener of rows.listeners) listener(new Set(tables))
    },
    browser: (account) =>
      memoryWebSocketWire(webSockets.accept, {
        remote: { address: BROWSER, port: 50_000 },
        local: http,
        secure: false,
        account,
      }),
    pass: (ms) => clock.advanceAsync(ms),
    async invite({ user: called = 'home', uri, headers = [], sdp = OFFER } = {}) {
      user = called
      const type = sdp === null ? [] : ['Content-Type: application/sdp']
      await request('INVITE', '1 INVITE', [...headers, ...type], sdp ?? '', 'INVITE', uri)
    },
    ack: () => request('ACK', '1 ACK'),
    bye: () => request('BYE', '2 BYE'),
    request,
    cancel: () => request('CANCEL', '1 CANCEL', [], '', 'INVITE'),
    async speak(ms, payload) {
      for (let sent = 0; sent < ms; sent += 20) {
        const packet = Buffer.alloc(172, 0x55)
        payload?.(sent / 20).copy(packet, 12)
        packet[0] = 0x80
        packet[1] = 0
        packet.writeUInt16BE(frames & 0xffff, 2)
        packet.writeUInt32BE(frames * 160, 4)
        packet.writeUInt32BE(4711, 8)
        frames++
        voice.send(packet, packet.length, { address: HOUSE, port: mediaPort() })
        await clock.advanceAsync(20)
      }
    },
    async [Symbol.asyncDispose]() {
      await machine.close()
      await endpoint.close()
      await media.close()
    },
  }
  return house
}

const OFFER = `v=0\r\no=- 1 1 IN IP4 ${CALLER}\r\ns=-\r\nc=IN IP4 ${CALLER}\r\nt=0 0\r\nm=audio ${CALLER_RTP} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n`

function never(what = 'this'): never {
  throw new Error(`${what} is not part of the double`)
}

/** No name server knows services here: where names lead, their addresses say. */
const NO_NAMES = { naptr: async () => [], srv: async () => [] }
