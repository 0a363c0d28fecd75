import type { Attestation } from '../../shared/attestation.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import { type Reach, reachingAgent } from '../../shared/reach.ts'
import type { SipRequest } from '../../sip/message/message.ts'
import { fetchCertificate } from './fetch-certificate.ts'
import { findSigner, readCertificates } from './signer.ts'
import { keepSigners } from './signers.ts'
import { type SignedCall, verifyIdentity } from './verify-identity.ts'

/** Checks the signatures that callers' providers put under their numbers (STIR, RFC 8224; SHAKEN, RFC 8588). */
export interface Stir {
  /** Null: nothing is certain (see `verifyIdentity`). Never rejects, and takes as long as fetching a certificate may. */
  verify(request: Pick<SipRequest, 'headers'>, call: SignedCall): Promise<Attestation | null>
  close(): void
}

/** Checks that go on at once: a flood of calls is not checked to the last one. */
const MOST_AT_ONCE = 50

/**
 * @param trust PEM text: the roots whose word counts. Throws AP_CONFIG_INVALID where there is none in it
 */
export function openStir({
  trust,
  reach = { kind: 'public' },
  clock,
  log,
}: {
  readonly trust: string
  readonly reach?: Reach | undefined
  readonly clock: Clock
  readonly log: Log
}): Stir {
  const roots = readRoots(trust)
  const agent = reachingAgent(reach)
  const signerAt = keepSigners({
    fetch: (url) => fetchCertificate(url, { reach, agent, clock }),
    find: (pem) => findSigner(pem, roots),
    clock,
    log,
  })
  let going = 0
  return {
    async verify(request, call) {
      if (going >= MOST_AT_ONCE || !request.headers.has('Identity')) return null
      going++
      try {
        return await verifyIdentity(request, call, signerAt)
      } catch (error) {
        log.warn({ err: error }, "a caller's signature could not be checked")
        return null
      } finally {
        going--
      }
    },
    close: () => agent.destroy(),
  }
}

function readRoots(trust: string) {
  const refuse = (why: string) => new AnswerphoneError('AP_CONFIG_INVALID', { where: '--stir-trust', why })
  try {
    const roots = readCertificates(trust)
    if (roots.length > 0) return roots
  } catch {
    throw refuse('a certificate in it is broken')
  }
  throw refuse('there is no certificate in it; it has to be PEM, with the roots whose word counts')
}
