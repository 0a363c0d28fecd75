import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Random } from '../../shared/random.ts'
import type { Token } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { hashSecret, makeSecret } from '../auth/secret.ts'

/** Makes a bearer token for scripts. Its secret is given this once; the store keeps only a hash. */
export async function addToken(
  options: {
    readonly store: Pick<Store, 'tokens'>
    readonly makeId: MakeId
    readonly clock: Clock
    readonly random: Random
  },
  name: string,
): Promise<{ readonly token: Token; readonly secret: string }> {
  const secret = `ap_${makeSecret(options.random)}`
  const token: Token = { id: options.makeId(), name, createdAt: options.clock.now(), lastUsedAt: null }
  await options.store.tokens.add(token, hashSecret(secret))
  return { token, secret }
}

export async function removeToken(store: Pick<Store, 'tokens'>, key: string): Promise<void> {
  if (!(await store.tokens.remove(key)))
    throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'token', id: key })
}
