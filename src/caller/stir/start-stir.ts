import { readFile } from 'node:fs/promises'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { openStir, Stir } from './open-stir.ts'

/**
 * Checks signatures by the roots in this file; without one, nobody does, and what checks is not even loaded. Rejects with
 * AP_CONFIG_INVALID.
 */
export async function startStir(
  file: string | undefined,
  tools: Omit<Parameters<typeof openStir>[0], 'trust'>,
): Promise<Stir | undefined> {
  if (file === undefined) return undefined
  const trust = await readFile(file, 'utf8').catch((error: Error) => {
    throw new AnswerphoneError('AP_CONFIG_INVALID', { where: '--stir-trust', why: error.message })
  })
  const module = await import('./open-stir.ts')
  return module.openStir({ trust, ...tools })
}
