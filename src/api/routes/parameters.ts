import { z } from 'zod'

/** A thing by its id. */
export const byId = z.object({ id: z.string().max(64) })

/** A caller by the id of a contact, or by a number, however it is written. */
export const byCaller = z.object({ key: z.string().max(64).describe('Id of a contact, or a number') })

/** A thing by its id or its name. */
export const byKey = z.object({ key: z.string().max(64).describe('Id or name') })
