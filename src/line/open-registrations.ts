import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Random } from '../shared/random.ts'
import type { InviteOptions } from '../sip/endpoint.ts'
import type { Destination, Endpoint, Source } from '../sip/index.ts'
import type { SocketAddress } from '../sip/transport/transport.ts'
import type { LineAccount } from './account.ts'
import { callThrough } from './call-through.ts'
import { type LineRegistration, type Place, registerLine } from './register-line.ts'
import type { Standing } from './registration/facts.ts'

export interface RegistrationsOptions {
  readonly endpoint: Pick<Endpoint, 'request' | 'keepAlive' | 'drop' | 'localFor' | 'askStun'>
  readonly locate: (uri: string) => Promise<readonly Destination[]>
  readonly publicAddress?: string | undefined
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly keepAliveMs?: number | undefined
  readonly onStanding: (lineId: string, standing: Standing, place: Place) => void
}

/** A line that may have an account. */
export interface AccountedLine {
  readonly id: string
  readonly name: string
  readonly account: LineAccount | null
}

/** The registrations of all lines. */
export interface Registrations {
  /** The lines as they are now: registers what is new, moves what has changed, ends what is gone. */
  follow(lines: readonly AccountedLine[]): void
  /**
   * Whether the registration of this line lives there; without a line, whether that of any line does or did: calls may go
   * on from there.
   */
  livesAt(source: Pick<Source, 'transport' | 'address'>, lineId?: string): boolean
  /** The INVITE for a call out by the account of this line; undefined while it is not registered. */
  callThrough(lineId: string, number: string): Omit<InviteOptions, 'body'> | undefined
  /** How much later it is at registrars than here, by line id, where they say so. */
  clocks(): ReadonlyMap<string, number>
  /** Our address in the eyes of the line's registrar, where that is not our own. */
  publicAddressOf(lineId: string): string | undefined
  /** The place at which a registrar sees us, where that is not our own. */
  seenBy(peer: Pick<Source, 'transport' | 'address'>): SocketAddress | undefined
  /** We may be seen elsewhere: asks the registrars now. */
  lookAgain(): void
  /** A connection is closed, by whichever side. */
  closed(source: Source): void
  /** Takes all registrations away: resolves when the registrars know, or have had a second to say so. */
  stop(): Promise<void>
}

/** How many ended registrations are remembered. */
const MOST_PAST = 100

/** Opens the book of registrations; it is empty until it follows lines. */
export function openRegistrations(options: RegistrationsOptions): Registrations {
  const { log, onStanding } = options
  const running = new Map<string, LineRegistration & { readonly account: string }>()
  let wanted: ReadonlyMap<string, AccountedLine> = new Map()
  /** Old registrations that are being taken away: a new one of the same line would be taken away with them. */
  const leaving = new Map<string, Promise<void>>()
  /** Registrations that have ended: calls that came by them go on, and their BYEs are still to be heard. */
  const past: LineRegistration[] = []
  let stopped = false
  /** All addresses of all of them, gathered when they are asked for: each packet of each stranger asks. */
  let addresses: ReadonlySet<string> | undefined
  const onMoved = () => {
    addresses = undefined
  }
  const everyone = () => [...running.values(), ...past]

  function end(id: string, registration: LineRegistration): Promise<void> {
    running.delete(id)
    past.push(registration)
    if (past.length > MOST_PAST) past.shift()
    onMoved()
    return registration.stop()
  }

  function settle(): void {
    for (const [id, registration] of running) {
      if (registration.account === JSON.stringify(wanted.get(id)?.account ?? null)) continue
      const left = end(id, registration).then(() => {
        leaving.delete(id)
        settle()
      })
      leaving.set(id, left)
    }
    for (const line of wanted.values())
      if (line.account && !running.has(line.id) && !leaving.has(line.id)) begin(line, line.account)
  }

  function begin({ id, name }: AccountedLine, account: LineAccount): void {
    const registration = registerLine({
      ...options,
      lineId: id,
      account,
      onMoved,
      onStanding(standing, place) {
        if (standing.state === 'failing')
          log.warn({ line: name, ...standing.problem }, 'a line is not registered; it is tried again')
        else log.info({ line: name, ...place }, standing.state)
        onStanding(id, standing, place)
      },
    })
    running.set(id, Object.assign(registration, { account: JSON.stringify(account) }))
    onMoved()
  }

  return {
    follow(lines) {
      // Whatever changes while the machine leaves: nothing is registered any more.
      if (stopped) return
      wanted = new Map(lines.map((line) => [line.id, line]))
      settle()
    },
    livesAt(source, lineId) {
      if (lineId !== undefined) return running.get(lineId)?.livesAt(source) === true
      addresses ??= new Set(everyone().flatMap((registration) => registration.addresses))
      return addresses.has(source.address) && everyone().some((registration) => registration.livesAt(source))
    },
    callThrough(lineId, number) {
      const [way, account] = [running.get(lineId)?.way, wanted.get(lineId)?.account]
      return way && account ? callThrough(account, way, number) : undefined
    },
    clocks: () =>
      new Map([...running].flatMap(([id, { aheadMs }]) => (aheadMs === undefined ? [] : [[id, aheadMs]]))),
    publicAddressOf: (lineId) => running.get(lineId)?.publicAddress,
    seenBy(peer) {
      for (const registration of running.values()) {
        const seen = registration.seenBy(peer)
        if (seen) return seen
      }
      return undefined
    },
    lookAgain() {
      for (const registration of running.values()) registration.lookAgain()
    },
    closed(source) {
      for (const registration of running.values()) registration.closed(source)
    },
    async stop() {
      wanted = new Map()
      stopped = true
      const stopping = [...running].map(([id, registration]) => end(id, registration))
      await Promise.all([...stopping, ...leaving.values()])
    },
  }
}
