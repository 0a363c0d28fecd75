import type { CallerFacts } from '../rules/caller-facts.ts'
import { boundedMap } from '../shared/bounded-map.ts'
import type { Clock } from '../shared/clock.ts'
import type { Random } from '../shared/random.ts'
import { buildResponse } from '../sip/message/build.ts'
import { subscriberOf } from '../sip/message/subscriber.ts'
import type { ServerTransaction } from '../sip/transaction/layer.ts'

/** What one link lets its holder do. */
export interface TestCall {
  readonly lineId: string
  readonly lineName: string
  /** Wall time in ms since 1970. */
  readonly expiresAt: number
}

/** Links with which somebody without an account may call one line, once. They are nowhere but in memory. */
export interface TestCalls {
  /**
   * Makes a link good.
   * @param hash of its secret, which is kept by nobody here
   */
  invite(hash: string, call: TestCall): void
  /** What the link is good for; undefined when it was used, has expired, or never was: nobody can tell which. */
  find(hash: string): TestCall | undefined
  /** Uses the link up. The account under which its one connection's requests come. */
  enter(hash: string): string | undefined
  /** Whether this account came in by a link. */
  isTestCaller(account: string | undefined): boolean
  /** Lets the one INVITE to the one line pass, and refuses all else. */
  guard(transaction: Pick<ServerTransaction, 'request' | 'respond' | 'dismiss'>): boolean
  /** The line that this account calls. */
  lineOf(account: string | undefined): string | undefined
}

/** As owners see who calls by a link. */
export const TEST_CALLER: CallerFacts = {
  number: null,
  e164: null,
  name: 'Test call',
  withheldBy: null,
  source: null,
  divertedFrom: [],
  attestation: null,
  spamHints: [],
}

/** Links that wait, and connections that were let in: past it the oldest give way. */
const MOST = 100

interface Entered {
  readonly call: TestCall
  called: boolean
}

export function createTestCalls({
  clock,
  random,
}: {
  readonly clock: Clock
  readonly random: Random
}): TestCalls {
  const links = boundedMap<string, TestCall>(MOST)
  const entered = boundedMap<string, Entered>(MOST)

  function find(hash: string): TestCall | undefined {
    const call = links.get(hash)
    return call && call.expiresAt > clock.now() ? call : undefined
  }

  return {
    invite: links.set,
    find,
    enter(hash) {
      const call = find(hash)
      links.delete(hash)
      if (!call) return undefined
      const account = `test-call:${random.token(8)}`
      entered.set(account, { call, called: false })
      return account
    },
    isTestCaller: (account) => account !== undefined && entered.get(account) !== undefined,
    guard(transaction) {
      const { request } = transaction
      const caller = entered.get(request.source.account ?? '')
      const isTheCall =
        caller !== undefined &&
        !caller.called &&
        request.method === 'INVITE' &&
        subscriberOf(request.uri) === caller.call.lineName &&
        // It is a caller's: it takes nobody's place in a call, and joins none.
        !['Replaces', 'Join'].some((header) => request.headers.has(header))
      if (isTheCall) caller.called = true
      else if (request.method === 'INVITE') transaction.respond(buildResponse(request, 403))
      else transaction.dismiss(buildResponse(request, 403))
      return isTheCall
    },
    lineOf: (account) => entered.get(account ?? '')?.call.lineId,
  }
}
