import { z } from 'zod'
import { lineAccount, lineInput } from './lines.ts'
import { spoken } from './spoken.ts'

/** How a line is set up at a telephone system or a provider. */
export const linePreset = z.object({
  id: z.string(),
  name: z.string(),
  country: z.string().nullable().describe('ISO 3166-1 alpha-2; null: anywhere'),
  kind: z
    .enum(['registers', 'trunk'])
    .describe('`registers`: the machine logs in with an account; `trunk`: calls come from addresses'),
  registrar: z
    .string()
    .nullable()
    .describe('Where it registers, with the transport if need be; null: to be asked for'),
  registrarExample: z.string().nullable().describe('What may stand there'),
  userExample: z.string().nullable(),
  authUser: z.boolean().describe('The user name for the login is another one, and is asked for'),
  trunk: z.array(z.string()).describe('From where calls come besides the registrar'),
  line: lineInput
    .pick({ internalDigits: true, internal: true, trustVerstat: true })
    .extend({ expirySeconds: lineAccount.shape.expirySeconds.optional() })
    .describe('What else a line is given there, where it is not as always'),
  echo: z
    .string()
    .nullable()
    .describe('A number there that sends back what it hears, for the doctor; null: none is known'),
  steps: z.array(spoken).describe('What is to be done there, in order'),
  facts: z.array(spoken).describe('What is worth knowing'),
  sources: z
    .array(z.url())
    .describe(
      'Where that is written, as far as it was read there; none where it is from experience of others',
    ),
})
export type LinePreset = z.infer<typeof linePreset>
