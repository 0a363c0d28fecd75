import { z } from 'zod'
import { quietHours } from './targets.ts'

export const houseQuiet = z.strictObject({
  hours: z
    .array(quietHours)
    .max(20)
    .describe('Topics are told afterwards, browsers of no ringing, and of messages without a sound'),
})
export type HouseQuiet = z.infer<typeof houseQuiet>
