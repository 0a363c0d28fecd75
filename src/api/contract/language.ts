import { z } from 'zod'

/** Those that the machine speaks. */
export const language = z.enum(['en', 'de'])
