import { signal } from '@preact/signals'
import type { Health } from '../../../src/api/contract.ts'
import { readHealth } from '../api/health.ts'

/** How the machine is; null until it has said so. */
export const health = signal<Health | null>(null)

export async function refreshHealth(): Promise<void> {
  const before = health.value
  const read = await readHealth()
  // An event that came meanwhile is newer than the answer.
  if (read !== null && health.value === before) health.value = read
}
