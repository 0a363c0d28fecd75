import { z } from 'zod'

/** A thing by its id. */
export const byId = z.object({ id: z.string().max(64) })

/** A thing by its id or its name. */
export const byKey = z.object({ key: z.string().max(64).describe('Id or name') })
