import type { Health } from '../../../src/api/contract.ts'

/** How the machine is; null when it can't be read. It answers 503 with the same body when it is not ready. */
export async function readHealth(): Promise<Health | null> {
  try {
    const response = await fetch('/readyz', { headers: { accept: 'application/json' } })
    const health = (await response.json()) as Partial<Health>
    return Array.isArray(health.problems) ? (health as Health) : null
  } catch {
    return null
  }
}
