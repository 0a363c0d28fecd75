import { z } from 'zod'
import { GATE_DIGITS } from '../../shared/caller-gate.ts'
import { numberPattern } from './number-like.ts'
import { weekday } from './schedule.ts'

/** What the owner says of certain calls. Things are named by their id; who writes may give a name as well. */

const list = (item: z.ZodString | z.ZodType<string>, about: string) =>
  z.array(item).min(1).max(100).describe(about)
const key = z.string().min(1).max(128)
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write times like 08:30')
const day = z
  .string()
  .regex(
    /^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    'write days like 2026-12-24, or 12-24 for each year',
  )
  // Of each year: 29 February is a day, though not in every one.
  .refine(
    (text) => z.iso.date().safeParse(text.length === 5 ? `2000-${text}` : text).success,
    'there is no such day',
  )
const daySpan = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from.length === to.length, 'give both days the year, or none')
  .refine(({ from, to }) => from.length === 5 || from <= to, 'the last day is before the first')

const not = z.boolean().default(false).describe('It is wanted that it does not hold')
const condition = <Kind extends string, Fields extends z.ZodRawShape>(kind: Kind, fields: Fields) =>
  z.strictObject({ kind: z.literal(kind), not, ...fields })

export const ruleCondition = z.discriminatedUnion('kind', [
  condition('who', {
    are: z
      .array(z.enum(['favourite', 'contact', 'stranger', 'anonymous', 'internal', 'blocked']))
      .min(1)
      .describe('One of these calls. Favourites are contacts too; strangers may show a number or none'),
  }),
  condition('people', { contacts: list(key, 'One of these contacts calls') }),
  condition('number', {
    like: list(
      numberPattern,
      'Numbers, or patterns: `*` for any digits, `?` for one. With + or 00 as from abroad',
    ),
  }),
  condition('name', {
    has: list(z.string().trim().min(1).max(64), 'Parts of the name that the caller’s side shows'),
  }),
  condition('diverted', {
    from: z
      .array(numberPattern)
      .max(100)
      .default([])
      .describe('The call was sent on, from one of these; empty: from any'),
  }),
  condition('attestation', {
    is: z
      .array(z.enum(['A', 'B', 'C', 'valid', 'wrong', 'none']))
      .min(1)
      .describe('How far the number is proved (STIR/SHAKEN)'),
  }),
  condition('suspected', {}).describe('Somebody along the way takes the call for spam'),
  condition('listed', {
    lists: z
      .array(key)
      .max(100)
      .default([])
      .describe('The number is on one of these block lists; empty: on any'),
  }),
  condition('line', { lines: list(key, 'The call is for one of these lines') }),
  condition('hours', {
    spans: z
      .array(
        z.strictObject({
          days: z.array(weekday).min(1, 'choose at least one day').max(7),
          from: clockTime.describe('HH:MM on the clock there'),
          to: clockTime.describe('Not after `from`: on the next day; the same as `from`: all day'),
        }),
      )
      .min(1)
      .max(10),
  }),
  condition('dates', { spans: z.array(daySpan).min(1).max(50) }).describe('Whole days, both ends included'),
  condition('holiday', {
    region: z
      .string()
      .regex(/^[A-Z]{2}(-[A-Z]{2})?$/, 'write a country or a part of one, like DE or DE-BY')
      .describe('It is a public holiday there: see `regions` of the list'),
  }),
  condition('calls', {
    atLeast: z.int().min(2).max(100),
    minutes: z
      .int()
      .min(1)
      .max(1440)
      .describe('It is at least so many-th call of the same caller in so long'),
  }),
  condition('messages', {
    state: z.enum(['new', 'junk']),
    atLeast: z.int().min(1).max(100_000).describe('So many at least are in the mailbox'),
  }),
])
export type RuleCondition = z.infer<typeof ruleCondition>

/** What a caller has to do before phones ring. */
export const gateQuestion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('key'), digit: z.enum(GATE_DIGITS).describe('The key to press') }),
  z.strictObject({ kind: z.literal('name') }),
])
export type GateQuestion = z.infer<typeof gateQuestion>

export const ruleAction = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('take'),
    phones: z
      .array(key)
      .max(100)
      .optional()
      .describe('Only these may ring; none for []. Unseen by the caller'),
    gate: gateQuestion
      .optional()
      .describe('The machine answers at once and asks; phones ring for whom it lets through'),
    ringSeconds: z
      .int()
      .min(0)
      .max(120)
      .optional()
      .describe('Before the machine answers, or greets behind a gate; 0: at once'),
    greeting: key.nullable().optional().describe('Null: the one that ships with Answerphone'),
    junk: z.boolean().optional().describe('Its message goes to junk. Unseen by the caller'),
    label: z
      .string()
      .trim()
      .regex(/^[^\p{C}]{1,30}$/u, 'write 1 to 30 characters')
      .optional()
      .describe('Phones show it before the name. Unseen by the caller'),
  }),
  z.strictObject({ kind: z.literal('refuse'), as: z.enum(['busy', 'unobtainable', 'declined']) }),
])
export type RuleAction = z.infer<typeof ruleAction>

/** A sentence, in each language of the page. */
const inWords = z.object({ en: z.string(), de: z.string() })
export type InWords = z.infer<typeof inWords>

export const ruleName = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\u2028\u2029]{1,100}$/u, 'write 1 to 100 characters in one line')

export const rule = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  when: z.array(ruleCondition).describe('All of these hold; none: every call'),
  action: ruleAction.describe('What is not said is as the line does it'),
  says: inWords.describe('All of it, as a sentence'),
  noticeable: z
    .boolean()
    .describe('A caller could notice it: by a gate, the ringing, the greeting or a refusal'),
})
export type Rule = z.infer<typeof rule>

const fields = {
  name: ruleName,
  enabled: z.boolean(),
  when: z.array(ruleCondition).max(20, 'at most 20 conditions'),
  action: ruleAction,
}
export const ruleInput = z.strictObject({
  ...fields,
  enabled: fields.enabled.default(true),
  when: fields.when.default([]),
  place: z.int().min(0).optional().describe('From 0; default: behind all others'),
})
export type RuleInput = z.input<typeof ruleInput>

export const ruleChange = z.strictObject(fields).partial()
export type RuleChange = z.input<typeof ruleChange>

export const rulePlace = z.strictObject({
  place: z.int().min(0).describe('From 0; past the end: behind all others'),
})

export const readyMadeRule = z.object({
  key: z.string(),
  name: inWords,
  when: z.array(ruleCondition),
  action: ruleAction,
  says: inWords,
  noticeable: z.boolean(),
  first: z.boolean().describe('It belongs before all others'),
})
export type ReadyMadeRule = z.infer<typeof readyMadeRule>

export const ruleList = z.object({
  rules: z.array(rule).describe('In the order in which they are asked: the first that holds decides, alone'),
  readyMade: z.array(readyMadeRule).describe('Rules that many want, to be added as they are'),
  regions: z.array(z.string()).describe('Whose public holidays are known'),
})
export type RuleList = z.infer<typeof ruleList>

export const previewInput = z.strictObject({
  from: z
    .string()
    .max(128)
    .nullable()
    .default(null)
    .describe('The number that calls, as the line writes it; null: it is withheld'),
  name: z.string().max(128).nullable().default(null),
  line: key.optional().describe('Name or id; default: the first line'),
  at: z
    .string()
    .regex(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?$/,
      'write times like 2026-11-29T22:00',
    )
    .refine(
      (text) => z.iso.date().safeParse(text.slice(0, 10)).success && !Number.isNaN(Date.parse(text)),
      'there is no such time',
    )
    .optional()
    .describe('Default: now. Without an offset: on the clock there'),
  earlier: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe('So often has it called just before; default: as is known'),
  signature: z.enum(['A', 'B', 'C', 'wrong']).nullable().default(null),
  suspected: z.boolean().default(false),
  divertedFrom: z.string().max(128).nullable().default(null),
  rules: z
    .array(ruleInput.omit({ place: true }).extend({ id: key.optional() }))
    .max(200)
    .optional()
    .describe('In place of those that are kept: to try them'),
})
export type PreviewInput = z.input<typeof previewInput>

export const rulePreview = z.object({
  at: z.iso.datetime(),
  timeZone: z.string(),
  line: z.string(),
  contact: z.object({ id: z.string(), name: z.string() }).nullable(),
  favourite: z.boolean(),
  blocked: z.boolean(),
  blockLists: z.array(z.string()).describe('Names of the block lists that have the number'),
  holidays: z.array(z.string()).describe('Of the regions that rules name'),
  decidedBy: z.object({
    kind: z.enum(['rule', 'blocked', 'line']),
    id: z.string().nullable(),
    name: z.string().nullable(),
  }),
  says: inWords.describe('What is done'),
  noticeable: z.boolean(),
  caller: z
    .object({
      refused: z.int().nullable().describe('The SIP status that the caller gets; null: the call is taken'),
      answersAfterSeconds: z.int().nullable().describe('Null: the machine does not answer'),
      tollSaverSeconds: z
        .int()
        .nullable()
        .describe('The same while new messages wait: callers can notice it; null: that changes nothing'),
      gate: gateQuestion.nullable().describe('What the caller is asked then; null: nothing'),
      ringsBehindGateSeconds: z
        .int()
        .nullable()
        .describe('How long phones ring for whom the gate lets through'),
      greeting: z.string().nullable().describe('Id; null: the one that ships with Answerphone'),
    })
    .describe('What the caller gets'),
  owner: z
    .object({
      phones: z
        .array(z.string())
        .nullable()
        .describe('Names of the phones that may ring; null: those of the mailbox'),
      label: z.string().nullable(),
      junk: z.boolean(),
    })
    .describe('What is behind the one-way glass'),
  rules: z
    .array(
      z.object({
        name: z.string(),
        id: z.string(),
        verdict: z
          .enum(['applies', 'does-not', 'off', 'blocked'])
          .describe('blocked: it is not about blocked callers'),
        decides: z.boolean(),
        conditions: z.array(z.object({ says: inWords, holds: z.boolean() })),
      }),
    )
    .describe('How each of them looks at the call'),
})
export type RulePreview = z.infer<typeof rulePreview>
