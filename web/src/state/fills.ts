import { signal } from '@preact/signals'
import type { Fill } from '../../../src/api/contract.ts'
import { request } from '../api/request.ts'

/** What fills up, or is full. */
export const fills = signal<readonly Fill[]>([])

export async function refreshFills(): Promise<void> {
  const before = fills.value
  const read = await request<Fill[]>('GET', '/fills').catch(() => null)
  // An event that came meanwhile is newer than the answer.
  if (read !== null && fills.value === before) fills.value = read
}
