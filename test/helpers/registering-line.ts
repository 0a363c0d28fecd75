import { type LineRegistration, registerLine } from '../../src/line/register-line.ts'
import { createAuthenticator } from '../../src/sip/auth/authenticator.ts'
import { buildResponse, type Destination, hashCredentials } from '../../src/sip/index.ts'
import type { ReceivedRequest, ServerTransaction } from '../../src/sip/transaction/layer.ts'
import { endpointPair, MACHINE } from './endpoint-pair.ts'
import type { FakeClock } from './fake-clock.ts'
import { seededRandom } from './seeded-random.ts'

const account = {
  registrar: 'sip:provider.example',
  user: '030123',
  authUser: 'login' as string | null,
  password: 'geheim',
  outboundProxy: null as string | null,
  expirySeconds: 600,
}

export interface SceneOptions {
  readonly account?: Partial<typeof account>
  readonly transport?: 'udp' | 'tcp'
  /** How the registrar answers; a 200 for those who prove who they are, unless given. */
  readonly answer?: (transaction: ServerTransaction, count: number) => boolean
  readonly askStun?: (server: {
    readonly address: string
    readonly port: number
  }) => Promise<{ readonly address: string; readonly port: number } | undefined>
  readonly places?: () => Promise<readonly Destination[]>
  /** Headers of each 200. */
  readonly headers?: () => readonly (readonly [string, string])[]
}

/** Alice's line registers at the machine, which plays the provider. */
export function registeringLine(options: SceneOptions = {}) {
  const transport = options.transport ?? 'udp'
  const heard: ReceivedRequest[] = []
  const told: string[] = []
  const pair = endpointPair({
    transport,
    machine: { methods: ['REGISTER'] },
    guard(transaction) {
      const { request } = transaction
      heard.push(request)
      if (options.answer?.(transaction, heard.length)) return false
      const verdict = authenticator.judge(request)
      if (verdict.kind !== 'right') {
        const headers = authenticator.challenge(request, verdict.kind === 'foreign')
        transaction.respond(buildResponse(request, 401, { toTag: 'x', headers }))
        return false
      }
      const expires = request.headers.first('Expires') ?? ''
      transaction.respond(
        buildResponse(request, 200, {
          toTag: 'x',
          headers: options.headers?.() ?? [
            ['Contact', `${request.headers.first('Contact')};expires=${expires}`],
          ],
        }),
      )
      return false
    },
  })
  const { clock, alice } = pair
  const authenticator = createAuthenticator({
    realm: 'provider.example',
    clock,
    random: seededRandom(3),
    credentialsOf: (user) =>
      user === 'login' ? hashCredentials('login', 'provider.example', 'geheim') : undefined,
  })
  const line = registerLine({
    lineId: 'line-1',
    account: { ...account, ...options.account },
    endpoint: options.askStun ? { ...alice, askStun: options.askStun } : alice,
    locate: options.places ?? (async () => [{ transport, address: MACHINE, port: 5060 }]),
    clock,
    random: seededRandom(5),
    onStanding: (standing, { server, publicAddress }) =>
      told.push(
        [standing.state, server, publicAddress, standing.state === 'failing' && standing.problem.code]
          .filter(Boolean)
          .join(' '),
      ),
  })
  return { ...pair, line, heard, told }
}

/** Ends a registration, and lets all transactions run out. */
export async function leave(line: LineRegistration, clock: FakeClock): Promise<void> {
  const stopped = line.stop()
  await clock.advanceAsync(60_000)
  await stopped
}

export const named = (request: ReceivedRequest | undefined, name: string) => request?.headers.first(name)

/** Answers with this status, and nothing else. */
export const always =
  (status: number, headers: readonly (readonly [string, string])[] = []) =>
  (transaction: ServerTransaction) => {
    transaction.respond(buildResponse(transaction.request, status, { toTag: 'x', headers }))
    return true
  }
