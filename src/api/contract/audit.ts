import { z } from 'zod'

export const auditEntry = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  who: z.string().describe('phone:NAME, user:NAME, token:NAME, or console: the command line'),
  act: z.enum([
    'listened-in',
    'picked-up',
    'transferred',
    'answered-now',
    'hung-up',
    'blocked',
    'unblocked',
    'contact-added',
    'contact-changed',
    'contact-removed',
    'switched',
    'rule-added',
    'rule-changed',
    'rule-removed',
    'list-changed',
    'recorded-on',
    'played',
    'forwarded',
    'caller-exported',
    'caller-forgotten',
    'let-in',
    'pin-refused',
    'deleted',
    'restored',
    'purged',
    'line-changed',
    'phone-changed',
    'user-changed',
    'target-changed',
    'pin-changed',
    'token-made',
    'token-removed',
    'settings-changed',
    'backup-made',
    'report-made',
  ]),
  callId: z.string().nullable(),
  messageId: z.string().nullable(),
  detail: z.string().describe('For people: what it was done to, and which fields; never a secret'),
})
export type AuditEntry = z.infer<typeof auditEntry>

export const auditPage = z.object({ entries: z.array(auditEntry), nextCursor: z.string().nullable() })
export type AuditPage = z.infer<typeof auditPage>

export const auditListQuery = z.object({
  who: z.string().max(200).optional(),
  call: z.string().max(64).optional().describe('Id of a call'),
  message: z.string().max(64).optional().describe('Id of a message'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type AuditListQuery = z.infer<typeof auditListQuery>
