import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Random } from '../../shared/random.ts'
import type { Token } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { hashSecret, makeSecret } from '../auth/secret.ts'
import { makeSetupToken } from '../auth/setup-link.ts'
import { type AuditTools, note } from './audit.ts'

/** Makes a bearer token for scripts. Its secret is given this once; the store keeps only a hash. */
export async function addToken(
  tools: AuditTools & {
    readonly store: Pick<Store, 'audit' | 'tokens'>
    readonly makeId: MakeId
    readonly random: Random
  },
  name: string,
): Promise<{ readonly token: Token; readonly secret: string }> {
  const secret = `ap_${makeSecret(tools.random)}`
  const token: Token = { id: tools.makeId(), name, createdAt: tools.clock.now(), lastUsedAt: null }
  await tools.store.tokens.add(token, hashSecret(secret))
  await note(tools, 'token-made', { detail: name })
  return { token, secret }
}

export async function removeToken(
  tools: AuditTools & { readonly store: Pick<Store, 'audit' | 'tokens'> },
  key: string,
): Promise<void> {
  const { tokens } = tools.store
  const known = (await tokens.list()).find(({ id, name }) => id === key || name === key)
  if (!(await tokens.remove(key))) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'token', id: key })
  await note(tools, 'token-removed', { detail: known?.name ?? key })
}

/** A fresh token for the one-time link that makes an owner's account: whoever has it is let in. */
export async function addSetupToken(
  tools: AuditTools & {
    readonly store: Pick<Store, 'audit' | 'settings' | 'users'>
    readonly random: Random
  },
): Promise<string> {
  const token = await makeSetupToken(tools)
  await note(tools, 'token-made', { detail: 'a one-time link that makes an owner' })
  return token
}
