import { z } from 'zod'

export const user = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['owner', 'member']),
  createdAt: z.iso.datetime(),
})
export type User = z.infer<typeof user>

const password = z.string().min(10, 'use at least 10 characters').max(200)
export const userInput = z.strictObject({
  name: z.string().min(1).max(64),
  password,
  role: user.shape.role.default('member'),
})
export type UserInput = z.input<typeof userInput>

export const userChange = z
  .strictObject({ password: password.optional(), role: user.shape.role.optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: 'give a new password, a role or both',
  })
export type UserChange = z.input<typeof userChange>

export const token = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type Token = z.infer<typeof token>

export const tokenInput = z.strictObject({ name: z.string().min(1).max(64) })
export const newToken = token.extend({
  secret: z.string().describe('The token itself: shown this once, kept only as a hash'),
})
export type NewToken = z.infer<typeof newToken>

/** First start: the one-time link carries `token`. */
export const setupInput = z.strictObject({
  token: z.string(),
  name: z.string().min(1).max(64),
  password,
})

export const loginInput = z.strictObject({ name: z.string().max(64), password: z.string().max(200) })
export const ownPassword = z.strictObject({
  password: z.string().max(200).describe('The one that holds now'),
  newPassword: password,
})
export const sessionInfo = z.object({
  user: user.nullable(),
  setupNeeded: z.boolean(),
  csrfToken: z.string().nullable(),
})
export type SessionInfo = z.infer<typeof sessionInfo>
