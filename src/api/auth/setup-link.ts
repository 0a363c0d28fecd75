import { z } from 'zod'
import type { Clock } from '../../shared/clock.ts'
import type { Random } from '../../shared/random.ts'
import type { Store } from '../../store/store.ts'
import { hashSecret, isSame, makeSecret } from './secret.ts'

/** The one-time link that makes an owner's account. Only its hash is kept; a fresh one replaces it. */
const KEY = 'setup-link'
const LIFETIME_MS = 24 * 3600_000

const kept = z.object({ hash: z.string(), expiresAt: z.number() })

type Options = {
  readonly store: Pick<Store, 'settings' | 'users'>
  readonly clock: Pick<Clock, 'now'>
  readonly random: Random
}

/** Makes a fresh token, valid for a day, whoever has an account already: `answerphone users link`. */
export async function makeSetupToken({ store, clock, random }: Options): Promise<string> {
  const token = makeSecret(random)
  const link = { hash: hashSecret(token), expiresAt: clock.now() + LIFETIME_MS }
  await store.settings.set(KEY, JSON.stringify(link))
  return token
}

/**
 * At every start while nobody has an account: a fresh token for main.ts to print as http://HOST:PORT/#setup=TOKEN;
 * undefined once there is an owner.
 */
export async function prepareSetup(options: Options): Promise<string | undefined> {
  return (await isSetupNeeded(options.store)) ? makeSetupToken(options) : undefined
}

export async function isSetupNeeded(store: Pick<Store, 'users'>): Promise<boolean> {
  return (await store.users.list()).length === 0
}

/** Whether the token is the one of the link, and in time. */
export async function isSetupToken(
  token: string,
  { store, clock }: Omit<Options, 'random'>,
): Promise<boolean> {
  const link = readLink(await store.settings.get(KEY))
  return link !== undefined && clock.now() < link.expiresAt && isSame(hashSecret(token), link.hash)
}

/** The link was used: it dies. */
export async function spendSetupToken(store: Pick<Store, 'settings'>): Promise<void> {
  await store.settings.set(KEY, '')
}

function readLink(value: string | null): z.infer<typeof kept> | undefined {
  return value ? kept.safeParse(JSON.parse(value)).data : undefined
}
