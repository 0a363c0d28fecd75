import { createHash } from 'node:crypto'
import { bracketed } from '../shared/bracketed.ts'
import type { Clock, Timer } from '../shared/clock.ts'
import type { Random } from '../shared/random.ts'
import { runMachine, unreachable } from '../shared/step.ts'
import { formatContact } from '../sip/dialog/contact.ts'
import { type Destination, type Endpoint, formatSipUri, parseSipUri, type Source } from '../sip/index.ts'
import type { SocketAddress } from '../sip/transport/transport.ts'
import { explainFailure } from './explain-failure.ts'
import type { Problem, RegistrationOrder, Standing } from './registration/facts.ts'
import { readAnswer, seenAs, serviceRoutesOf } from './registration/read-answer.ts'
import { newRegistration, stepRegistration } from './registration/step.ts'

/** The account of a line, as `store/model.ts` has it. */
export interface LineAccount {
  readonly registrar: string
  readonly user: string
  readonly authUser: string | null
  readonly password: string
  readonly outboundProxy: string | null
  readonly expirySeconds: number
}

export interface RegisterLineOptions {
  readonly lineId: string
  readonly account: LineAccount
  readonly endpoint: Pick<Endpoint, 'request' | 'keepAlive' | 'drop' | 'localFor'>
  /** Where a SIP URI leads: `locate` with the name servers of this machine. */
  readonly locate: (uri: string) => Promise<readonly Destination[]>
  /** The address that the owner says we have, behind a NAT: what registrars see is then not asked. */
  readonly publicAddress?: string | undefined
  readonly clock: Clock
  readonly random: Random
  /** Told when it changes. `server` is where the registration lives, or was last tried. */
  readonly onStanding: (standing: Standing, server: string | null) => void
}

/** A registration that is kept up (RFC 3261 §10.2), and what is known by it. */
export interface LineRegistration {
  /** Whether calls from this address come from where it lives, or where it may move to. */
  livesAt(address: string): boolean
  /** How the world sees us, where that is not our own address. */
  readonly publicAddress: string | undefined
  /** Where requests through this line go; undefined while it does not stand. */
  readonly way: { readonly to: Destination; readonly routes: readonly string[] } | undefined
  /** A connection is closed; perhaps it was this one's. */
  closed(source: Source): void
  /** Takes the registration away; resolves when the registrar knows, or has had a second to say so. */
  stop(): Promise<void>
}

/** NATs forget a UDP mapping after 30 s at the earliest (RFC 4787 §4.3 wants two minutes, many don't). */
const KEEP_ALIVE_MS = 20_000

/** How long the end of a registration may hold up the end of the machine. */
const LEAVING_MS = 1000

/** Each REGISTER counts on by more than its answers to challenges take. */
const CSEQ_STEP = 10

/** Registers a line, and keeps it registered until it is stopped. */
export function registerLine(options: RegisterLineOptions): LineRegistration {
  const { account, endpoint, clock, random } = options
  const { host, port } = parseSipUri(account.registrar) ?? { host: '', port: undefined }
  const uriOf = (user: string | undefined, at: number | undefined) =>
    formatSipUri({ ...PLAIN, user, host, port: at })
  const addressOfRecord = uriOf(account.user, undefined)
  const from = { displayName: undefined, uri: addressOfRecord, params: new Map([['tag', random.token(8)]]) }
  const callId = random.token(16)
  const instance = instanceOf(options.lineId)

  let places: readonly Destination[] = []
  let routes: readonly string[] = []
  let cseq = 1
  let timer: Timer | undefined
  let keepAlive: Timer | undefined
  let standsAt: Destination | undefined
  /** Where the last answers came from. */
  let answersFrom: string | undefined
  /** Our place in the eyes of the registrar. */
  let seen: SocketAddress | undefined
  let hasMoved = false
  /** The Contact, in brackets, that the registrar took last. */
  let held: string | undefined
  let leaving = Promise.resolve()
  let told = ''

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
          hasMoved = false
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
    const local = endpoint.localFor(to) ?? { address: '0.0.0.0', port: 5060 }
    return formatContact({
      uri: addressOfRecord,
      transport: to.transport,
      local: to.transport === 'udp' && seen ? seen : local,
    })
  }

  function requestTo(place: number, contact: string, expirySeconds: number) {
    const to = places[place] as Destination
    cseq += CSEQ_STEP
    return {
      method: 'REGISTER',
      uri: uriOf(undefined, port),
      toUri: addressOfRecord,
      to: standsAt && sameHop(standsAt, to) ? standsAt : to,
      from,
      callId,
      cseq,
      ...(account.outboundProxy !== null && { routes: [looseRoute(account.outboundProxy)] }),
      headers: [
        // RFC 5626 §4.2: whoever knows outbound sees by the instance that a new Contact takes an old one's place.
        ['Contact', `${contact};+sip.instance="<${instance}>";reg-id=1`],
        ['Expires', String(expirySeconds)],
        ['Supported', 'path, outbound'],
      ] as const,
      credentials: { user: account.authUser ?? account.user, password: account.password },
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
      { ...request, headers: [...request.headers, ...old] },
      {
        onFinal(response) {
          const uri = contact.slice(1, -1)
          const fact = readAnswer(response, {
            contact: uri,
            expirySeconds,
            server,
            chance: random.fraction(),
          })
          const { source } = response
          answersFrom = source.address
          if (fact.kind === 'accepted') {
            held = contact
            const { flow } = source
            standsAt = { ...to, ...(flow !== undefined && { flow }) }
            routes = serviceRoutesOf(response)
          }
          machine.send(fact)
          if (fact.kind === 'accepted') compare(seenAs(response), to)
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

  /** Behind a NAT we are called at the place where the registrar saw us, not at our own (RFC 3581's `rport`). */
  function compare(found: SocketAddress | undefined, to: Destination): void {
    const before = seen ?? endpoint.localFor(to)
    if (options.publicAddress !== undefined || to.transport !== 'udp' || !found || !before) return
    if (found.address === before.address && found.port === before.port) return
    seen = found
    // A NAT that gives each packet another port would have us register for ever.
    if (hasMoved) return
    hasMoved = true
    machine.send({ kind: 'address-changed' })
  }

  function tell(standing: Standing): void {
    keepAlive?.cancel()
    if (standing.state !== 'registered') standsAt = undefined
    else keepOpen()
    const place =
      machine.state.kind === 'asking' || machine.state.kind === 'registered' ? machine.state.place : 0
    const to = places[standing.state === 'registered' ? standing.place : place]
    const server = to ? serverOf(to) : null
    const news = [standing.state, server, standing.state === 'failing' && standing.problem.code].join()
    if (news !== told) options.onStanding(standing, server)
    told = news
  }

  function keepOpen(): void {
    keepAlive = clock.setTimer(KEEP_ALIVE_MS, () => {
      if (standsAt) endpoint.keepAlive(standsAt)
      keepOpen()
    })
  }

  machine.send({ kind: 'started' })
  return {
    livesAt: (address) => address === answersFrom || places.some((place) => place.address === address),
    get publicAddress() {
      return seen?.address
    },
    get way() {
      if (!standsAt) return undefined
      const proxy = account.outboundProxy === null ? [] : [looseRoute(account.outboundProxy)]
      return { to: standsAt, routes: routes.length > 0 ? routes : proxy }
    },
    closed({ flow }) {
      if (flow === undefined || flow !== standsAt?.flow) return
      const problem = { code: 'AP_REGISTRAR_UNREACHABLE', detail: `${serverOf(standsAt)}: closed` } as const
      machine.send({ kind: 'flow-closed', problem, chance: random.fraction() })
    },
    stop() {
      keepAlive?.cancel()
      machine.send({ kind: 'stopped' })
      return leaving
    },
  }
}

const PLAIN = { scheme: 'sip', password: undefined, params: new Map(), headers: undefined } as const

const looseRoute = (uri: string) => `<${uri};lr>`

const sameHop = (one: Destination, other: Destination) =>
  one.transport === other.transport && one.address === other.address && one.port === other.port

/** A place as the owner reads it. */
function serverOf({ transport, address, port }: Destination): string {
  return `${transport} ${bracketed(address)}:${port}`
}

/** The same for a line as long as it is there (RFC 5626 §4.1); a UUID of version 8 (RFC 9562 §5.8). */
function instanceOf(lineId: string): string {
  const hex = createHash('sha256').update(`answerphone line ${lineId}`).digest('hex')
  const variant = (8 + (Number.parseInt(hex[16] ?? '0', 16) & 3)).toString(16)
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
