import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AnswerphoneError, catalogue, type ErrorCode } from '../src/shared/errors.ts'

const documented = [
  ...readFileSync(join(import.meta.dirname, '../docs/errors.md'), 'utf8').matchAll(/^## (AP_[A-Z_]+)$/gm),
].map(([, code]) => code)

it('docs/errors.md documents each code of the catalogue, once, and no other', () => {
  expect(documented.toSorted()).toEqual(Object.keys(catalogue).toSorted())
})

it('an error fills its message from the details, and leaves no hole', () => {
  const error = new AnswerphoneError('AP_NOT_FOUND', { kind: 'line', id: 'attic' })
  expect(error.message).toBe('There is no line "attic". The command `list` shows which there are.')
  expect(error).toMatchObject({ code: 'AP_NOT_FOUND', status: 404 })
})

it('every message says something to do or to look at', () => {
  for (const code of Object.keys(catalogue) as ErrorCode[]) {
    expect(catalogue[code].message.length, code).toBeGreaterThan(5)
    expect(catalogue[code].status, code).toBeGreaterThanOrEqual(400)
  }
})
