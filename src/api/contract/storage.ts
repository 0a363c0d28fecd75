import { z } from 'zod'

/** What is kept, for how long, and the room that it takes. */

/** After so many days; null: never. */
const days = (least: number) => z.int().min(least).max(3650).nullable()

export const retention = z.object({
  keepNewDays: days(1).describe('After so many days an unheard message goes to the trash; null: never'),
  keepHeardDays: days(1).describe('So many days after it was heard a message goes to the trash; null: never'),
  keepJunkDays: days(1).describe('After so many days as junk a message goes to the trash; null: never'),
  keepTrashDays: days(0).describe('After so many days in the trash a message is gone; null: never'),
})
export type Retention = z.infer<typeof retention>

const queriedDays = z.union([z.literal('never'), z.coerce.number().int().min(0).max(3650)]).optional()
/** What is left out is as the mailbox has it. */
export const retentionQuery = z
  .object({
    keepNewDays: queriedDays,
    keepHeardDays: queriedDays,
    keepJunkDays: queriedDays,
    keepTrashDays: queriedDays,
  })
  .describe('Days, or `never`')
export type RetentionQuery = z.infer<typeof retentionQuery>

/** So many at most; null: no limit. */
const most = z.int().min(1).max(1_000_000).nullable()
export const quota = z.object({
  quotaMessages: most.describe('So many messages, new and heard, it is to keep at most; null: no limit'),
  quotaMinutes: most.describe('The same in minutes, all of them together'),
  whenFull: z
    .enum(['take', 'refuse'])
    .describe(
      '`take`: callers notice nothing, its owner is told; `refuse`: they are told that no message can be taken, which they can notice',
    ),
})
export type Quota = z.infer<typeof quota>

export const fill = z.object({
  mailbox: z.string().nullable().describe('Its name; null: it is the disk'),
  level: z.enum(['filling', 'full']).describe('`filling`: four fifths and more'),
  percent: z.int().describe('Of its quota, or of the room that the disk has for recordings'),
})
export type Fill = z.infer<typeof fill>

export const retired = z.object({
  trashed: z.int().describe('Messages that go to the trash the next time that the machine tidies up'),
  purged: z.int().describe('Messages in the trash that are gone then, for good'),
})
export type Retired = z.infer<typeof retired>

export const historyRetention = z.object({
  keepCallsDays: days(1).describe('For how long calls are listed; null: for good'),
  keepAuditDays: days(1).describe('For how long it is kept who did what; null: for good'),
})
export const historyRetentionChange = historyRetention.strict().partial()
export type HistoryRetentionChange = z.infer<typeof historyRetentionChange>

export const storage = historyRetention.extend({
  disk: z
    .object({ freeBytes: z.number(), totalBytes: z.number() })
    .nullable()
    .describe('Null where the system does not say'),
  recordings: z
    .object({ bytes: z.number(), files: z.int(), countedAt: z.iso.datetime() })
    .nullable()
    .describe('Null while they are counted: ask again'),
  mailboxes: z.array(
    retention.extend({
      ...quota.shape,
      filledPercent: z.int().nullable().describe('How much of its quota it has used; null: it has none'),
      id: z.string(),
      name: z.string(),
      newMessages: z.int(),
      heardMessages: z.int(),
      junkMessages: z.int(),
      trashMessages: z.int(),
    }),
  ),
  callsSince: z.iso.datetime().nullable().describe('When the oldest call that is listed came'),
  auditSince: z.iso.datetime().nullable().describe('When the oldest act that is listed was'),
})
export type Storage = z.infer<typeof storage>
