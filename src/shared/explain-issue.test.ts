import { expect, it } from 'vitest'
import { z } from 'zod'
import { explainIssue } from './explain-issue.ts'

const whyNot = (schema: z.ZodType, given: unknown) =>
  schema.safeParse(given, { error: explainIssue }).error?.issues.map(({ message }) => message)

it.each<[z.ZodType, unknown, string]>([
  [z.string(), undefined, 'is needed (a text)'],
  [z.boolean(), undefined, 'is needed (true or false)'],
  [z.string(), 7, 'a text is wanted, not a number'],
  [z.int(), '7', 'a number is wanted, not a text'],
  [z.int(), 7.5, 'a whole number is wanted'],
  [z.number(), Number.NaN, 'a number is wanted'],
  [z.array(z.string()), {}, 'a list is wanted, not an object'],
  [z.object({}), null, 'an object is wanted, not null'],
  [z.object({}), [], 'an object is wanted, not a list'],
  [z.string().max(3), 'abcd', 'at most 3 characters'],
  [z.string().min(1), '', 'is empty'],
  [z.array(z.int()).max(1), [1, 2], 'at most 1 entries'],
  [z.int().min(5), 4, 'at least 5'],
  [z.int().multipleOf(5), 4, 'a multiple of 5 is wanted'],
  [z.enum(['keep', 'ask']), 'x', 'write one of keep, ask'],
  [z.literal('kept'), 'x', 'write kept'],
  [z.iso.datetime(), 'noon', 'write an instant like 2026-05-01T16:30:00Z'],
  [z.iso.date(), 'noon', 'write a day like 2026-05-01'],
  [z.url(), 'there', 'write an address like https://example.org/'],
  [z.string().regex(/^a$/), 'b', 'is not written as it has to be'],
  [z.string().regex(/^a$/, 'write a'), 'b', 'write a'],
  [z.union([z.literal('never'), z.int().max(9)]), 'x', 'write never, or: a number is wanted, not a text'],
  [z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })]), { kind: 'b' }, 'write one of a'],
  [
    z.strictObject({ on: z.boolean().optional(), until: z.string().optional() }),
    { x: 1 },
    'there is no "x" here; known are on, until',
  ],
])('case %#', (schema, given, says) => {
  expect(whyNot(schema, given)).toEqual([says])
})

it('says nothing in the words of zod', () => {
  const odd = [z.date(), z.map(z.string(), z.string()), z.string().refine(() => false), z.never(), z.json()]
  for (const schema of odd) expect(whyNot(schema, 'x')?.join() ?? '').not.toMatch(/Invalid|expected|received/)
})
