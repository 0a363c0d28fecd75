import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type ApiDesk, openApiDesk } from '../../test/helpers/api-desk.ts'
import { catalogue, type ErrorCode } from '../shared/errors.ts'
import { schemas } from './contract.ts'
import { describeApi, errorsOf } from './openapi.ts'
import { allRoutes } from './routes/all-routes.ts'

const routes = allRoutes('1.2.3')
const document = JSON.parse(JSON.stringify(describeApi(routes, '1.2.3')))

let desk: ApiDesk
beforeAll(async () => {
  desk = await openApiDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

interface Operation {
  readonly operationId: string
  readonly responses: Record<string, { readonly description: string }>
}
const operationOf = (method: string, url: string): Operation =>
  document.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  it('is served, and describes every route once', async () => {
    const served = (await desk.api.inject('/api/v1/openapi.json')).json()
    expect(served.paths).toEqual(document.paths)
    const ids = routes.map(({ method, url }) => operationOf(method, url).operationId)
    expect(new Set(ids).size).toBe(routes.length)
  })

  it('names every schema of the contract, and refers to no other', () => {
    expect(Object.keys(document.components.schemas)).toEqual(Object.keys(schemas))
    const referred = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
    for (const [, name] of referred) expect(document.components.schemas).toHaveProperty(name ?? '')
    expect(JSON.stringify(document)).not.toContain('$defs')
    expect(document.components.schemas.MessagePage.properties.messages.items).toEqual({
      $ref: '#/components/schemas/Message',
    })
  })

  it('takes no body with keys that it does not know, at no depth', () => {
    const open = (schema: unknown, at: string): string[] => {
      if (typeof schema !== 'object' || schema === null) return []
      const isOpen =
        'properties' in schema &&
        (schema as { additionalProperties?: unknown }).additionalProperties !== false
      return [
        ...(isOpen ? [at] : []),
        ...Object.entries(schema).flatMap(([key, value]) => open(value, `${at}/${key}`)),
      ]
    }
    const bodies = routes.filter(({ body }) => body !== undefined)
    expect(bodies.length).toBeGreaterThan(40)
    expect(
      bodies.flatMap(({ method, url, body }) =>
        open(z.toJSONSchema(body as z.ZodType, { io: 'input' }), `${method} ${url}`),
      ),
    ).toEqual([])
  })

  it('documents for each route the errors that it may give, under their status', () => {
    for (const route of routes) {
      const { responses } = operationOf(route.method, route.url)
      const codes = Object.entries(responses).flatMap(([status, { description }]) =>
        description
          .split(', ')
          .filter((word) => word.startsWith('AP_'))
          .map((code) => [code, Number(status)] as const),
      )
      for (const [code, status] of codes) expect(catalogue[code as ErrorCode].status).toBe(status)
      const otherwise = 'json' in route.answer ? route.answer.otherwise : undefined
      const expected = errorsOf(route).filter((code) => catalogue[code].status !== otherwise)
      expect(codes.map(([code]) => code).sort()).toEqual(expected)
    }
  })

  it('says of every answer that it gives for something missing what the route gives', async () => {
    for (const { method, url } of routes.filter(({ url }) => !/events|session|setup/.test(url))) {
      const answer = await desk.api.inject({
        method,
        url: url.replace(/:\w+/, 'none'),
        headers: desk.asToken,
      })
      const { responses } = operationOf(method, url)
      expect(Object.keys(responses), `${method} ${url}`).toContain(String(answer.statusCode))
      if (answer.statusCode < 400) continue
      expect(responses[answer.statusCode]?.description, `${method} ${url}`).toContain(answer.json().code)
    }
  })
})
