import { z } from 'zod'

/** What a card, a list or a player says of a caller whom the owner knows. */
export const knownContact = z.object({ id: z.string(), name: z.string() })
export type KnownContact = z.infer<typeof knownContact>

export const contact = z.object({
  id: z.string(),
  name: z.string(),
  note: z.string(),
  numbers: z.array(z.string()).describe('As they were written, the most important first'),
  favourite: z.boolean().describe('Rules may treat it better than others'),
  source: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe('The address book that alone says its name and numbers; null: it is our own'),
})
export type Contact = z.infer<typeof contact>

export const MOST_CONTACT_NUMBERS = 20

/** A name in one line. */
export const contactName = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\u2028\u2029]{1,100}$/u, 'write 1 to 100 characters in one line')

/** What people type: a number or a code with what they put between its digits, or the user part of a SIP address, in one word. */
const typedNumber = z
  .string()
  .trim()
  .regex(
    /^(?=.*[0-9A-Za-z])(?=.{1,64}$)([\d\p{Zs}\p{Pd}+*#()/.]+|[^\p{C}\p{Z}]+)$/u,
    'write a number like +49 30 1234567, or the user of a SIP address in one word, of at most 64 characters',
  )

/** What a line may show of a caller, or a card may have: a telephone number, or the user part of a SIP address. */
export const contactNumber = z
  .string()
  .trim()
  .regex(/^(?=.*[0-9A-Za-z])[^\p{C}]{1,64}$/u, 'write a number like +49 30 1234567, of at most 64 characters')

const contactNote = z.string().trim().max(2000)
const contactNumbers = z
  .array(typedNumber)
  .min(1, 'a contact has one number at least')
  .max(MOST_CONTACT_NUMBERS)

export const contactInput = z.strictObject({
  name: contactName,
  numbers: contactNumbers,
  note: contactNote.default(''),
  favourite: z.boolean().default(false),
})
export type ContactInput = z.input<typeof contactInput>

export const contactChange = z
  .strictObject({ name: contactName, numbers: contactNumbers, note: contactNote, favourite: z.boolean() })
  .partial()
export type ContactChange = z.infer<typeof contactChange>

export const contactListQuery = z.object({
  q: z.string().max(200).optional().describe('Part of the name, the note or a number'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const contactPage = z.object({
  contacts: z.array(contact),
  nextCursor: z.string().nullable(),
  total: z.int().describe('How many there are in all'),
})
export type ContactPage = z.infer<typeof contactPage>

/** Why a line of a vCard or CSV file could not be taken in. */
export const vcardProblem = z.enum([
  'not-vcard', // the line is none of a vCard
  'no-end', // the card that begins here does not end
  'version', // of the card: neither 3.0 nor 4.0
  'no-name',
  'not-csv', // the line is none of a CSV file
  'no-columns', // of a CSV file: none says a name, or none a number
  'name-unusable',
  'number-unusable',
  'number-taken', // by the contact that `text` ends with
  'too-many-numbers',
])
export type VcardProblem = z.infer<typeof vcardProblem>

export const contactImportQuery = z.object({
  dryRun: z.stringbool().default(false).describe('Tells what would come of it, and changes nothing'),
})

export const contactImport = z.object({
  added: z.int(),
  changed: z.int().describe('Contacts of this name that have more numbers now'),
  unchanged: z.int(),
  withoutNumber: z.int().describe('Cards with no number, which are left out'),
  dryRun: z.boolean(),
  columns: z
    .object({ used: z.array(z.string()), unknown: z.array(z.string()) })
    .nullable()
    .describe('Of a CSV file: the columns that were understood, and those of which nothing was taken in'),
  people: z
    .array(z.object({ name: z.string(), outcome: z.enum(['added', 'changed']) }))
    .describe('Who is added or changed, at most 500'),
  problems: z.array(
    z.object({ line: z.int().describe('Of the file, from 1'), problem: vcardProblem, text: z.string() }),
  ),
})
export type ContactImport = z.infer<typeof contactImport>
