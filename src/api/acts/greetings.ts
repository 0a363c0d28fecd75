import type { Greetings } from '../../mailbox/greetings.ts'
import type { Greeting } from '../../store/model.ts'
import { type AuditTools, note } from './audit.ts'

/** Adds a greeting from a WAV file. Rejects as `Greetings.add` does. */
export async function addGreeting(
  tools: AuditTools & { readonly greetings: Pick<Greetings, 'add'> },
  name: string,
  wav: Uint8Array,
): Promise<Greeting> {
  const greeting = await tools.greetings.add(name, wav)
  await note(tools, 'settings-changed', { detail: `greeting ${name}: added` })
  return greeting
}

/** Removes a greeting, by its id or name. Rejects with AP_NOT_FOUND. */
export async function removeGreeting(
  tools: AuditTools & { readonly greetings: Pick<Greetings, 'remove' | 'list'> },
  key: string,
): Promise<void> {
  const greeting = (await tools.greetings.list()).find(({ id, name }) => id === key || name === key)
  await tools.greetings.remove(key)
  await note(tools, 'settings-changed', { detail: `greeting ${greeting?.name ?? key}: removed` })
}
