import type { Random } from '../../shared/random.ts'
import { answerChallenge } from '../auth/answer-challenge.ts'
import { digestsIn } from '../auth/digest-header.ts'
import type { Body, Login } from '../endpoint.ts'
import type { SipResponse } from '../message/message.ts'

/** 401: the registrar asks; 407: a proxy on the way does (RFC 3261 §22.2, §22.3). */
const ASKED = {
  401: { challenge: 'WWW-Authenticate', answer: 'Authorization' },
  407: { challenge: 'Proxy-Authenticate', answer: 'Proxy-Authorization' },
} as const

/** A proxy before the registrar, and a nonce of each that has just become stale. */
const MOST_ANSWERS = 4

/** Proving who we are along the way of one request. */
export interface LoginOnTheWay {
  /**
   * The headers with which the request is to be sent again, those for whoever has asked before included; undefined where
   * the response is no challenge, or none that we can answer any better. Whoever has refused our answer is not answered
   * again, unless it was the nonce that was stale (RFC 7616 §3.3).
   */
  answer(response: SipResponse, request: Challenged): readonly (readonly [string, string])[] | undefined
}

interface Challenged {
  readonly method: string
  readonly uri: string
  readonly body?: Body | undefined
}

/** Who asks: the realms in the challenges of a response. */
export function realmsOf({ headers }: SipResponse): readonly string[] {
  const challenges = Object.values(ASKED).flatMap(({ challenge }) => headers.all(challenge))
  return digestsIn(challenges).map((params) => params.get('realm') ?? '')
}

export function openLogin({ user, password }: Login, random: Random): LoginOnTheWay {
  const answers = new Map<string, string>()
  let answered = 0
  return {
    answer({ status, headers }, { method, uri, body }) {
      if ((status !== 401 && status !== 407) || answered >= MOST_ANSWERS) return undefined
      const { challenge, answer } = ASKED[status]
      const challenges = headers.all(challenge)
      if (answers.has(answer) && !challenges.some((text) => /\bstale\s*=\s*"?true/i.test(text)))
        return undefined
      const value = answerChallenge({
        challenges,
        method,
        uri,
        user,
        password,
        cnonce: random.token(8),
        nonceCount: 1,
        ...(body && { body: body.bytes }),
      })
      if (value === undefined) return undefined
      answered++
      answers.set(answer, value)
      return [...answers]
    },
  }
}
