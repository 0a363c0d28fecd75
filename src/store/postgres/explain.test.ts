import { describe, expect, it } from 'vitest'
import { explainPostgresError } from './explain.ts'

const thrown = (message: string, code?: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code })

describe('what PostgreSQL says', () => {
  it.each([
    ['ECONNREFUSED', 'AP_STORE_UNREACHABLE'],
    ['28P01', 'AP_STORE_UNREACHABLE'],
    ['3D000', 'AP_STORE_UNREACHABLE'],
    ['57P01', 'AP_STORE_UNREACHABLE'],
    ['53100', 'AP_STORE_FULL'],
    ['25006', 'AP_STORE_READ_ONLY'],
    ['40P01', 'AP_STORE_LOCKED'],
    ['XX001', 'AP_STORE_CORRUPT'],
  ])('as %s is %s to a person', (code, catalogued) => {
    expect(explainPostgresError(thrown('said so', code), 'db/answerphone')).toMatchObject({
      code: catalogued,
    })
  })

  it('without a code is known by its words', () => {
    expect(explainPostgresError(thrown('Connection terminated unexpectedly'), 'db/a')).toMatchObject({
      code: 'AP_STORE_UNREACHABLE',
      details: { server: 'db/a', why: 'Connection terminated unexpectedly' },
    })
  })

  it('about constraints is told apart, and what is unknown stays as it is', () => {
    expect(explainPostgresError(thrown('', '23505'), '')).toMatchObject({ kind: 'unique' })
    expect(explainPostgresError(thrown('', '23503'), '')).toMatchObject({ kind: 'foreign-key' })
    const bug = thrown('syntax error', '42601')
    expect(explainPostgresError(bug, '')).toBe(bug)
  })
})
