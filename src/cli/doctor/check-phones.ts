import type { Config } from '../../config.ts'
import type { Store } from '../../store/store.ts'
import { type Finding, ok, warn } from './finding.ts'
import type { StoreTools } from './with-store.ts'

/** Whether the phones have found the machine. */
export async function checkPhones(
  store: Pick<Store, 'phones' | 'bindings'>,
  { clock }: StoreTools,
): Promise<Finding[]> {
  const now = clock.now()
  const live = (await store.bindings.list()).filter(({ expiresAt }) => expiresAt > now)
  const phones = await store.phones.list()
  if (phones.length === 0) return [ok('no phones: the machine takes every call')]
  const registered = phones.filter(({ id }) => live.some(({ phoneId }) => phoneId === id))
  return [
    ok(`${phones.length === 1 ? '1 phone' : `${phones.length} phones`}, ${registered.length} registered now`),
    ...phones.filter(({ hasRegistered }) => !hasRegistered).map(({ name }) => neverRegistered(name)),
  ]
}

/** Whether strangers can try to be a phone. */
export function checkPhonesFrom({ phonesFrom }: Pick<Config, 'phonesFrom'>): Finding {
  const shown = `phones may register from ${phonesFrom.join(' ')}`
  return phonesFrom.some((block) => block.endsWith('/0'))
    ? warn(
        `${shown}: from anywhere`,
        'Everybody on the internet may try passwords. Name the networks of your phones with --phones-from CIDR, or give them only passwords that `answerphone phones` made.',
      )
    : ok(shown)
}

function neverRegistered(name: string): Finding {
  return warn(
    `phone ${name} has never registered`,
    `Type its user, password and server into it; \`answerphone phones set ${name} --new-password\` prints them anew. Is it in a network of --phones-from?`,
  )
}
