import { z } from 'zod'
import { mail, mailAddress } from './mail.ts'
import { audioFormat, message } from './messages.ts'

export const forwardInput = z
  .strictObject({
    to: z.array(mailAddress).max(10, 'at most 10 addresses at once').default([]),
    mailbox: z.string().optional().describe('Name or id of a mailbox that gets a copy'),
    note: z.string().max(2000).default('').describe('What you add'),
    format: audioFormat.optional().describe('Of the attachment; default: as the mail settings say'),
  })
  .refine(({ to, mailbox }) => to.length > 0 || mailbox !== undefined, {
    error: 'say where to: an address (to), a mailbox, or both',
  })
export type ForwardInput = z.input<typeof forwardInput>

export const forwarded = z.object({
  mails: z.array(mail).describe('On their way; GET /mails tells how they fare'),
  copy: message.nullable().describe('The copy in the other mailbox'),
})
export type Forwarded = z.infer<typeof forwarded>
