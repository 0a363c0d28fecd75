import { z } from 'zod'

export const switches = z.object({
  machineOn: z.boolean().describe('Off: phones ring, and the machine never answers'),
  doNotDisturb: z.boolean().describe('On: no phone rings, and the machine answers as ever'),
  doNotDisturbUntil: z.iso
    .datetime()
    .nullable()
    .describe('Then it is off again; null: when somebody says so'),
})
export type Switches = z.infer<typeof switches>

export const switchesChange = switches
  .strict()
  .partial()
  .describe('A doNotDisturbUntil alone switches it on, too')
  .refine(({ doNotDisturb, doNotDisturbUntil }) => doNotDisturb !== false || !doNotDisturbUntil, {
    error: 'what is off lasts until nothing',
    path: ['doNotDisturbUntil'],
  })
export type SwitchesChange = z.input<typeof switchesChange>
