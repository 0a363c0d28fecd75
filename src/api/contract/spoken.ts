import { z } from 'zod'

/** A text in each language of the page. */
export const spoken = z.object({ en: z.string(), de: z.string() })
export type Spoken = z.infer<typeof spoken>
