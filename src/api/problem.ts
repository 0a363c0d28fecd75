import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import type { Problem } from './contract.ts'

/** What a validator throws: what is wrong with a part of the request, by the names of its fields. */
export class InvalidRequest extends Error {
  constructor(part: string, { issues }: z.ZodError) {
    const said = issues.map(({ path, message }) => `${nameOf(part, path.join('.'))}: ${message}`)
    super(said.slice(0, MOST_SAID).join('; '))
  }
}

/** Who has got more than this wrong looks into the OpenAPI document. */
const MOST_SAID = 5

function nameOf(part: string, field: string): string {
  if (field === '') return part === 'body' ? 'the body' : 'the address'
  return part === 'querystring' ? `?${field}` : field
}

/** The error of the catalogue that a failure shows as. What is not foreseen is AP_INTERNAL; its words stay in the log. */
export function explain(error: unknown, request: FastifyRequest): AnswerphoneError {
  if (error instanceof AnswerphoneError) return error
  if (error instanceof InvalidRequest)
    return new AnswerphoneError('AP_INPUT_INVALID', { what: error.message })
  const { code, statusCode = 500, message } = error as Partial<FastifyError>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new AnswerphoneError('AP_BODY_TOO_LARGE', { most: request.routeOptions.bodyLimit })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new AnswerphoneError('AP_BODY_KIND')
  if (statusCode === 416) return new AnswerphoneError('AP_RANGE_WRONG')
  if (statusCode >= 400 && statusCode < 500)
    return new AnswerphoneError('AP_INPUT_INVALID', { what: message ?? 'The request can not be read.' })
  return new AnswerphoneError('AP_INTERNAL', {}, { cause: error })
}

/** Answers with a problem. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): FastifyReply {
  const known = explain(error, request)
  if (known.code === 'AP_INTERNAL')
    log.error({ err: error, route: request.routeOptions.url }, 'a request failed')
  if (known.code === 'AP_TOO_MANY_ATTEMPTS') reply.header('retry-after', known.details['seconds'])
  if (known.code === 'AP_LOGIN_NEEDED') reply.header('www-authenticate', 'Bearer')
  const problem: Problem = { code: known.code, message: known.message, status: known.status }
  return reply
    .code(known.status)
    .removeHeader('content-length')
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem)
}
