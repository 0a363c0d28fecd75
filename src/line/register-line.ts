import type { Clock, Timer } from '../shared/clock.ts'
import type { Random } from '../shared/random.ts'
import { runMachine, unreachable } from '../shared/step.ts'
import { formatContact } from '../sip/dialog/contact.ts'
import type { Destination, Endpoint, Source } from '../sip/index.ts'
import { NOWHERE, type SocketAddress } from '../sip/transport/transport.ts'
import { type LineAccount, loginOf, urisOf } from './account.ts'
import { explainFailure } from './explain-failure.ts'
import { sameHop, serverOf } from './hop.ts'
import { instanceOf } from './instance.ts'
import { keepFlow } from './keep-flow.ts'
import type { Problem, RegistrationOrder, Standing } from './registration/facts.ts'
import {
  type OutboundTerms,
  outboundTermsOf,
  readAnswer,
  seenAs,
  serviceRoutesOf,
} from './registration/read-answer.ts'
import { newRegistration, stepRegistration } from './registration/step.ts'

export interface RegisterLineOptions {
  readonly lineId: string
  readonly account: LineAccount
  readonly endpoint: Pick<Endpoint, 'request' | 'keepAlive' | 'drop' | 'localFor' | 'askStun'>
  /** Where a SIP URI leads: `locate` with the name servers of this machine. */
  readonly locate: (uri: string) => Promise<readonly Destination[]>
  /** The address that the owner says we have, behind a NAT: what registrars see is then not asked. */
  readonly publicAddress?: string | undefined
  readonly clock: Clock
  readonly random: Random
  /** How often the way there is kept open; 20 s unless given. */
  readonly keepAliveMs?: number | undefined
  /** Told when it changes. */
  readonly onStanding: (standing: Standing, place: Place) => void
  /** Told when `addresses` may be others. */
  readonly onMoved?: () => void
}

/** Where a registration is. */
export interface Place {
  /** Where it lives, or was last tried: `udp 192.0.2.7:5060`. */
  readonly server: string | null
  /** The address at which that server sees us, where it is not our own. */
  readonly publicAddress: string | null
}

/** Where requests go that are to go through a line. */
export interface Way {
  readonly to: Destination
  /** Where else its registrar's name leads by the same transport (RFC 3263 §4.3): who is spoken to by TLS is not by UDP. */
  readonly alternatives: readonly Destination[]
  readonly routes: readonly string[]
  /** Whoever is called is to come back by this very connection: the registrar keeps flows (RFC 5626 §4.3). */
  readonly byFlow: boolean
}

/** A registration that is kept up (RFC 3261 §10.2), and what is known by it. */
export interface LineRegistration {
  /**
   * Whether calls from there come from where it lives, or where it may move to. Over a connection only where it was made
   * over one: an address in a datagram can be forged.
   */
  livesAt(source: Pick<Source, 'transport' | 'address'>): boolean
  /** All addresses of which that may be true. */
  readonly addresses: readonly string[]
  /** How the world sees us, where that is not our own address. */
  readonly publicAddress: string | undefined
  /** The place at which this peer reaches us, where it is of the registrar and our own is none. */
  seenBy(peer: Pick<Source, 'transport' | 'address'>): SocketAddress | undefined
  /** How much later it is there than here, by the Date of its last answer, in ms; undefined where it says none. */
  readonly aheadMs: number | undefined
  /** Where requests through this line go; undefined while it does not stand. */
  readonly way: Way | undefined
  /** We may be seen elsewhere: asks the registrar now. */
  lookAgain(): void
  /** A connection is closed; perhaps it was this one's. */
  closed(source: Source): void
  /** Takes the registration away; resolves when the registrar knows, or has had a second to say so. */
  stop(): Promise<void>
}

/** A NAT that gives each packet another port would have us register for ever: so often from one renewal to the next. */
const MOST_MOVES = 5

const KEEP_ALIVE_MS = 20_000

/** How long the end of a registration may hold up the end of the machine. */
const LEAVING_MS = 1000

/** Each REGISTER counts on by more than its answers to challenges take. */
const CSEQ_STEP = 10

/** Registers a line, and keeps it registered until it is stopped. */
export function registerLine(options: RegisterLineOptions): LineRegistration {
  const { account, endpoint, clock, random } = options
  const { domain, addressOfRecord } = urisOf(account)
  const from = { displayName: undefined, uri: addressOfRecord, params: new Map([['tag', random.token(8)]]) }
  const callId = random.token(16)
  const instance = instanceOf(options.lineId)
  const credentials = loginOf(account)

  let places: readonly Destination[] = []
  let routes: readonly string[] = []
  let cseq = 1
  let timer: Timer | undefined
  let standsAt: Destination | undefined
  /** Where the last answers came from. */
  let answersFrom: string | undefined
  let aheadMs: number | undefined
  /** Our place in the eyes of the registrar; over a connection the port is that one's, and nobody else's. */
  let seen: (SocketAddress & Pick<Destination, 'transport'>) | undefined
  /** How the registrar sees the connection over which we are registered. */
  let connectedAs: SocketAddress | undefined
  let moves = 0
  let isStopped = false
  /** The Contact, in brackets, that the registrar took last. */
  let held: string | undefined
  let leaving = Promise.resolve()
  let told: { readonly standing?: Standing['state']; readonly news: string } = { news: '' }

  /** Our Contact stands for a flow (RFC 5626); not where somebody on the way can't do that. */
  let isByFlow = true
  let terms: OutboundTerms | undefined
  const flow = keepFlow({
    endpoint,
    clock,
    everyMs: options.keepAliveMs ?? KEEP_ALIVE_MS,
    to: () => standsAt,
    isBehindNat: (to) => publicAddressToward(to) !== undefined,
    probe,
    onSeen: compare,
    onFailed: (to) => flowFailed(to, { code: 'AP_REGISTRAR_SILENT', detail: `${serverOf(to)}: STUN` }),
  })

  const machine = runMachine(stepRegistration(account.expirySeconds), newRegistration, carryOut)

  function carryOut(order: RegistrationOrder): void {
    switch (order.kind) {
      case 'locate':
        return void find()
      case 'register':
        return register(order.place, order.expirySeconds)
      case 'unregister':
        return unregister(order.place)
      case 'set-timer':
        timer?.cancel()
        timer = clock.setTimer(order.delayMs, () => {
          moves = 0
          machine.send({ kind: 'time' })
        })
        return
      case 'stop-timer':
        return timer?.cancel()
      case 'tell':
        return tell(order.standing)
      default:
        return unreachable(order)
    }
  }

  async function find(): Promise<void> {
    const uri = account.outboundProxy ?? account.registrar
    const problem = await options.locate(uri).then(
      (found): Problem | undefined => {
        places = found
        options.onMoved?.()
        return found.length > 0 ? undefined : { code: 'AP_REGISTRAR_NOT_FOUND', detail: uri }
      },
      (error): Problem => ({
        code: 'AP_REGISTRAR_NAME_UNKNOWN',
        detail: `${uri}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      }),
    )
    machine.send(
      problem
        ? { kind: 'not-located', problem, chance: random.fraction() }
        : { kind: 'located', places: places.length },
    )
  }

  function contactAt(to: Destination): string {
    const local = endpoint.localFor(to) ?? NOWHERE
    return formatContact({
      uri: addressOfRecord,
      transport: to.transport,
      local: to.transport === 'udp' && seen?.transport === 'udp' ? seen : local,
    })
  }

  function requestTo(place: number, contact: string, expirySeconds: number) {
    const to = places[place] as Destination
    cseq += CSEQ_STEP
    return {
      method: 'REGISTER',
      uri: domain,
      toUri: addressOfRecord,
      to: standsAt && sameHop(standsAt, to) ? standsAt : to,
      from,
      callId,
      cseq,
      ...(account.outboundProxy !== null && { routes: [looseRoute(account.outboundProxy)] }),
      headers: [
        // RFC 5626 §4.2: whoever knows outbound sees by the instance that a new Contact takes an old one's place.
        ['Contact', `${contact};+sip.instance="<${instance}>"${isByFlow ? ';reg-id=1' : ''}`],
        ['Expires', String(expirySeconds)],
        ['Supported', isByFlow ? 'path, outbound' : 'path'],
      ] as const,
      credentials,
    }
  }

  function register(place: number, expirySeconds: number): void {
    const to = places[place] as Destination
    const server = serverOf(to)
    const contact = contactAt(to)
    const request = requestTo(place, contact, expirySeconds)
    // RFC 3261 §10.2.2: where we are reached elsewhere now, the old place goes with the same request.
    const old = held !== undefined && held !== contact ? ([['Contact', `${held};expires=0`]] as const) : []
    endpoint.request(
      // A challenge that comes after the end is not answered: it would bring back what is being taken away.
      { ...request, headers: [...request.headers, ...old], isStillWanted: () => !isStopped },
      {
        onFinal(response) {
          // RFC 5626 §6: who stands before the registrar can't keep a flow.
          if (response.status === 439 && isByFlow && !isStopped) {
            isByFlow = false
            return register(place, expirySeconds)
          }
          const fact = readAnswer(response, {
            contact: contact.slice(1, -1),
            instance,
            expirySeconds,
            server,
            chance: random.fraction(),
          })
          const { source } = response
          if (answersFrom !== source.address) {
            answersFrom = source.address
            options.onMoved?.()
          }
          if (fact.kind === 'accepted') {
            held = contact
            // RFC 3261 §20.17: a clock for whoever has none.
            const ahead = Date.parse(response.headers.first('Date') ?? '') - clock.now()
            aheadMs = Number.isNaN(ahead) ? undefined : ahead
            standsAt = { ...to, ...(source.flow !== undefined && { flow: source.flow }) }
            terms = isByFlow ? outboundTermsOf(response) : undefined
            routes = serviceRoutesOf(response)
          }
          machine.send(fact)
          if (fact.kind !== 'accepted') return
          if (!isStopped) flow.start(terms)
          const found = seenAs(response)
          connectedAs = to.transport === 'udp' ? undefined : found
          compare(found, to)
        },
        onTimeout() {
          // A NAT that has forgotten a connection tells nobody: the next try must not go the same way.
          endpoint.drop(standsAt ?? to)
          const problem = { code: 'AP_REGISTRAR_SILENT', detail: server } as const
          machine.send({ kind: 'failed', problem, chance: random.fraction() })
        },
        onFailed: (error) =>
          machine.send({ kind: 'failed', problem: explainFailure(error, server), chance: random.fraction() }),
      },
    )
  }

  function unregister(place: number): void {
    const to = places[place] as Destination
    leaving = new Promise((left) => {
      const patience = clock.setTimer(LEAVING_MS, left)
      const done = () => {
        patience.cancel()
        left()
      }
      const heard = { onFinal: done, onTimeout: done, onFailed: done }
      endpoint.request(requestTo(place, held ?? contactAt(to), 0), heard)
    })
  }

  /**
   * Behind a NAT we are called at the place where the registrar saw us, not at our own (RFC 3581's `rport`). Over a
   * connection we are called over that; but sound comes to the address, whatever the signalling goes by.
   */
  function compare(found: SocketAddress | undefined, { transport, ...to }: Destination): void {
    const before = seen ?? endpoint.localFor({ transport, ...to })
    if (options.publicAddress !== undefined || !found || !before) return
    const isUdp = transport === 'udp'
    if (found.address === before.address && (!isUdp || found.port === before.port)) return
    seen = { transport, ...found }
    if (machine.state.kind === 'registered') tell({ state: 'registered', place: machine.state.place })
    if (!isUdp || moves >= MOST_MOVES) return
    moves++
    machine.send({ kind: 'address-changed' })
  }

  function tell(standing: Standing): void {
    if (standing.state !== 'registered') {
      standsAt = undefined
      flow.stop()
    }
    const place =
      machine.state.kind === 'asking' || machine.state.kind === 'registered' ? machine.state.place : 0
    const to = places[standing.state === 'registered' ? standing.place : place]
    const server = to ? serverOf(to) : null
    const publicAddress = (to && publicAddressToward(to)) ?? null
    const news = [
      standing.state,
      server,
      publicAddress,
      standing.state === 'failing' && standing.problem.code,
    ]
    if (news.join() !== told.news) options.onStanding(standing, { server, publicAddress })
    told = { standing: standing.state, news: news.join() }
  }

  /** What they see that is not our own address. */
  function publicAddressToward(to: Destination): string | undefined {
    return seen && seen.address !== endpoint.localFor(to)?.address ? seen.address : undefined
  }

  /** Nobody can call us by it any more: it is made anew (RFC 5626 §4.2.1, §4.5). */
  function flowFailed(to: Destination, problem: Problem): void {
    if (standsAt === to) machine.send({ kind: 'flow-closed', problem, chance: random.fraction() })
  }

  function probe(to: Destination): void {
    const { params: _, ...sender } = from
    endpoint.request(
      { method: 'OPTIONS', uri: domain, to, from: { ...sender, params: new Map() } },
      // Whatever it says, and though it may not like to be asked: where it saw us stands in it.
      { onFinal: (response) => compare(seenAs(response), to) },
    )
  }

  machine.send({ kind: 'started' })
  return {
    livesAt({ transport, address }) {
      const isOurs = ({ transport: by }: Pick<Destination, 'transport'>) =>
        // RFC 3261 §18.1.1: what is too long for a datagram comes over TCP.
        by === transport || (by === 'udp' && transport === 'tcp')
      if (address === answersFrom && places.some(isOurs)) return true
      return places.some((place) => place.address === address && isOurs(place))
    },
    get addresses() {
      const all = places.map(({ address }) => address)
      return answersFrom === undefined ? all : [...all, answersFrom]
    },
    get publicAddress() {
      return standsAt ? publicAddressToward(standsAt) : seen?.address
    },
    seenBy({ transport, address }) {
      const isThere = address === standsAt?.address || address === answersFrom
      if (!isThere) return undefined
      if (transport === 'udp') return seen?.transport === 'udp' ? seen : undefined
      if (transport !== standsAt?.transport) return undefined
      // At our own place nobody listens for TLS, unless told to, and none behind a NAT can be reached: by the connection's own
      // a proxy finds the connection.
      return transport === 'tls' || seen ? connectedAs : undefined
    },
    get aheadMs() {
      return aheadMs
    },
    get way() {
      if (!standsAt || isStopped) return undefined
      const to = standsAt
      const proxy = account.outboundProxy === null ? [] : [looseRoute(account.outboundProxy)]
      const alternatives = places.filter((place) => place.transport === to.transport && !sameHop(place, to))
      return { to, alternatives, routes: routes.length > 0 ? routes : proxy, byFlow: terms !== undefined }
    },
    lookAgain() {
      if (standsAt?.transport === 'udp') probe(standsAt)
    },
    closed({ flow: closed }) {
      if (!standsAt || closed === undefined || closed !== standsAt.flow) return
      flowFailed(standsAt, { code: 'AP_REGISTRAR_UNREACHABLE', detail: `${serverOf(standsAt)}: closed` })
    },
    stop() {
      isStopped = true
      flow.stop()
      machine.send({ kind: 'stopped' })
      return leaving
    },
  }
}

const looseRoute = (uri: string) => `<${uri};lr>`
