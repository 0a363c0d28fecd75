import { z } from 'zod'

export const country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'has to be two capital letters, like DE (ISO 3166)' })
  .describe('ISO 3166-1 alpha-2')

export const areaCode = z
  .string()
  .regex(/^\d{1,6}$/, { error: 'has to be digits, like 30' })
  .describe('Digits, with or without the zero before them')

/** Where the house is: numbers that belong to no line (contacts, blocked ones) are read as they are written there. */
export const house = z.object({
  country: country.nullable(),
  from: z
    .enum(['setting', 'lines'])
    .nullable()
    .describe('`lines`: nobody has set it, and all lines that have a country have this one'),
  countries: z.array(country).describe('All that are known'),
})
export type House = z.infer<typeof house>

export const houseChange = z.strictObject({ country: country.nullable().describe('Null: as the lines say') })
export type HouseChange = z.infer<typeof houseChange>
