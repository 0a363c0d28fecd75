import { networkOf } from '../shared/network-of.ts'
import type { EndpointEvents } from '../sip/endpoint.ts'
import { subscriberOf } from '../sip/message/subscriber.ts'
import type { ServerTransaction } from '../sip/transaction/layer.ts'
import type { Source } from '../sip/transport/transport.ts'
import type { Admission } from './admission.ts'
import type { Answering } from './answering.ts'
import type { LineBook } from './line-book.ts'
import type { PhoneSide } from './phone-side.ts'
import type { SoundTest } from './sound-test.ts'
import type { watchStrangers } from './strangers.ts'
import type { TestCalls } from './test-calls.ts'

/** Tells callers from phones, and both from strangers: by where a packet comes from, and what it asks. */
export interface FrontDoor extends Required<Pick<EndpointEvents, 'guard' | 'onInvite'>> {
  /** Whether anybody at this place is answered at all. */
  admits(source: Source): boolean
}

export function openFrontDoor({
  lines,
  side,
  testCalls,
  soundTest,
  strangers,
  admission,
  answerFor,
  legOf,
}: {
  readonly lines: Pick<LineBook, 'admits' | 'byId' | 'find'>
  readonly side: Pick<PhoneSide, 'admits' | 'isPhones' | 'guard' | 'senderOf' | 'takeInvite'>
  readonly testCalls: Pick<TestCalls, 'isTestCaller' | 'guard' | 'lineOf'>
  readonly soundTest: Pick<SoundTest, 'takes'>
  readonly strangers: ReturnType<typeof watchStrangers>
  readonly admission: Pick<Admission, 'has'>
} & Answering): FrontDoor {
  /** Who is in a call is answered until it is over, though its line have lost the trunk meanwhile. */
  const isIn = ({ address }: Source) => admission.has(networkOf(address))

  /**
   * Who calls from a trunk is a caller, though the trunk be the home network, unless it is a phone: a REGISTER or SUBSCRIBE
   * is no caller's, nor is what comes from where a phone has registered, or proves who it is.
   */
  function isCaller({ request }: Pick<ServerTransaction, 'request'>): boolean {
    const { source, method, headers } = request
    // Who has logged in at the HTTP server is no trunk, wherever it comes from.
    if (source.account !== undefined || !(lines.admits(source) || isIn(source))) return false
    if (!side.admits(source)) return true
    const fromPhone = side.isPhones(request) || headers.has('Authorization')
    return !fromPhone && method !== 'REGISTER' && method !== 'SUBSCRIBE'
  }

  return {
    admits(source) {
      const { address, account } = source
      if (account !== undefined) return testCalls.isTestCaller(account) || side.admits(source)
      const admitted = lines.admits(source) || side.admits(source) || isIn(source)
      if (!admitted) strangers.seen(address)
      return admitted
    },
    guard: (transaction) =>
      testCalls.isTestCaller(transaction.request.source.account)
        ? testCalls.guard(transaction)
        : isCaller(transaction) || side.guard(transaction),
    onInvite(invite) {
      const { request } = invite
      const testLine = testCalls.lineOf(request.source.account)
      if (testLine !== undefined) {
        const entry = lines.byId(testLine)
        return entry ? answerFor(entry, invite, true) : invite.reject(404)
      }
      const phone = side.senderOf(request)
      if (phone) return side.takeInvite(invite, phone)
      const entry = lines.find(request.source, subscriberOf(request.uri))
      // One answer for every user that is no line, whatever else exists.
      if (entry && soundTest.takes(entry.line, invite, () => legOf(entry.line, request))) return
      if (entry) answerFor(entry, invite)
      else invite.reject(404)
    },
  }
}
