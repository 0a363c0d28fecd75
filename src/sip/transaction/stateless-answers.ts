import { createHash } from 'node:crypto'
import { buildResponse } from '../message/build.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import { callIdOf, fromOf, tagOf, topVia } from '../message/read.ts'

export interface StatelessAnswer {
  readonly reason?: string | undefined
  readonly headers?: Iterable<readonly [name: string, value: string]>
  readonly toTag?: string | undefined
}

/** Builds a final response that is kept nowhere. */
export type AnswerStatelessly = (request: SipRequest, status: number, answer?: StatelessAnswer) => SipResponse

/**
 * Answers without a transaction (RFC 3261 §8.2.7): the same request must get the same To tag each time that it comes, so
 * the tag is computed from what identifies it, with a secret that keeps it from being foretold (§19.3).
 */
export function statelessAnswers(secret: Buffer): AnswerStatelessly {
  const tagFor = (request: SipRequest) =>
    createHash('sha256')
      .update(secret)
      .update(`${callIdOf(request)} ${tagOf(fromOf(request))} ${topVia(request)?.params.get('branch')}`)
      .digest('hex')
      .slice(0, 16)
  return (request, status, { reason, headers, toTag } = {}) =>
    buildResponse(request, status, { reason, headers, toTag: toTag ?? tagFor(request) })
}
