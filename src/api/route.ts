import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { ErrorCode } from '../shared/errors.ts'
import type { Access } from './auth/access.ts'
import type { Who } from './auth/authenticate.ts'
import type { Context } from './context.ts'

/**
 * What a route answers when all is well: JSON of a schema (under another status too, if it says `otherwise`), nothing,
 * or text or a stream of some other kind.
 */
export type Answer =
  | {
      readonly status: 200 | 201
      readonly json: z.ZodType
      readonly otherwise?: 503
    }
  | { readonly status: 204 }
  | { readonly status: 200; readonly media: string }

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/** A request that has been let in and read. */
export interface RouteRequest<Params, Query, Body> {
  readonly params: Parsed<Params>
  readonly query: Parsed<Query>
  readonly body: Body extends Buffer ? Buffer : Parsed<Body>
  readonly who: Who
  readonly raw: FastifyRequest
  readonly reply: FastifyReply
}

/**
 * One operation of the API, in full: how it is reached, by whom, what it takes, what it answers and which errors of
 * the catalogue it may give. The router, the checks and the OpenAPI document are all made from this.
 */
export interface Route<Params = unknown, Query = unknown, Body = unknown> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly access: Access
  /** The heading under which the OpenAPI document lists it. */
  readonly tag: string
  readonly summary: string
  readonly params?: Params
  readonly query?: Query
  /** The JSON that it takes; for other kinds see `bodyMedia`. */
  readonly body?: Body
  /** Takes bytes of this kind instead of JSON; `body` is a Buffer then. */
  readonly bodyMedia?: { readonly type: string; readonly mostBytes: number }
  readonly answer: Answer
  /** Besides those that every route may give. */
  readonly errors?: readonly ErrorCode[]
  /** What it resolves to is the JSON, the stream, or nothing for 204. */
  handle(request: RouteRequest<Params, Query, Body>, context: Context): Promise<unknown>
}

/** Types a route's handler by its schemas. */
export function defineRoute<
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | Buffer | undefined = undefined,
>(route: Route<Params, Query, Body>): Route {
  // The handler takes what the schemas of this very record have read: the types meet at registration.
  return route as unknown as Route
}
