import { describe, expect, it } from 'vitest'
import type { Fetch, Fetched, Wanted } from '../fetch-document.ts'
import type { ListOrder, ListReading, ListSource } from '../list-source.ts'
import { hasNumber, type NumberSet } from '../number-set.ts'

export const NOON = Date.UTC(2026, 0, 5, 12)

/** Says what a server answers; what it throws is what fetching comes to. */
export type Script = (wanted: Wanted) => Partial<Fetched>

/** Reads by a source whose documents this script answers. */
export function readBy(source: ListSource, script: Script, order: Partial<ListOrder> = {}, now = NOON) {
  const asked: Wanted[] = []
  const fetch: Fetch = async (wanted) => {
    asked.push(wanted)
    return { status: 200, headers: {}, text: '', ...script(wanted) }
  }
  const reading = source.read(
    {
      ...{ country: 'DE', text: '', url: 'https://lists.example/api', token: null, minVotes: 10 },
      before: null,
      ...order,
    },
    { fetch, now, reach: { publicOnly: false, ownPorts: [] } },
  )
  return Object.assign(reading, { asked })
}

export const hasIn = (numbers: NumberSet | null) => (e164: string) =>
  numbers !== null && hasNumber(numbers, e164, e164)

/** A place at which a source finds what it is to read. */
export interface SourceUnderTest {
  /** Reads what these numbers are as the source has them; or a document that is none. */
  read(document: { readonly numbers: readonly string[] } | { readonly rubbish: string }): Promise<ListReading>
}

/** What every source of a list must do. */
export function describeSource(name: string, { read }: SourceUnderTest): void {
  describe(`a list from ${name}`, () => {
    it('has the numbers that are there, and no others', async () => {
      const { numbers } = await read({ numbers: ['+49301234567', '+4340999888'] })
      const has = hasIn(numbers)
      expect(has('+49301234567') && has('+4340999888')).toBe(true)
      expect(has('+49301234568')).toBe(false)
    })

    it.each([
      '<!doctype html><html><form action=/login></form></html>',
      '',
      '{"error": "no such user"}',
      '{"numbers": []}',
      '{"numbers": [',
    ])('is none where there is rubbish: %s', (rubbish) =>
      expect(read({ rubbish })).rejects.toMatchObject({ code: 'AP_LIST_NO_NUMBERS' }),
    )
  })
}
