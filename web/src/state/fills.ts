import { signal } from '@preact/signals'
import type { Fill } from '../../../src/api/contract.ts'
import { request } from '../api/request.ts'

/** What fills up, or is full. */
export const fills = signal<readonly Fill[]>([])

export async function refreshFills(): Promise<void> {
  fills.value = await request<Fill[]>('GET', '/fills')
}
