import type { Clock } from '../shared/clock.ts'
import type { Store } from '../store/store.ts'
import { type Finding, ok, warn } from './finding.ts'
import type { Setup } from './setup.ts'

/** Whether the phones have found the machine. */
export async function checkPhones(
  store: Pick<Store, 'phones' | 'bindings'>,
  { clock }: { readonly clock: Pick<Clock, 'now'> },
): Promise<Finding[]> {
  const now = clock.now()
  const live = (await store.bindings.list()).filter(({ expiresAt }) => expiresAt > now)
  const phones = await store.phones.list()
  if (phones.length === 0)
    return [
      ok(
        'phones',
        'no phones: the machine takes every call',
        'keine Telefone: die Maschine nimmt jeden Anruf an',
      ),
    ]
  const registered = phones.filter(({ id }) => live.some(({ phoneId }) => phoneId === id)).length
  const isOne = phones.length === 1
  return [
    ok(
      'phones',
      `${isOne ? '1 phone' : `${phones.length} phones`}, ${registered} registered now`,
      `${isOne ? '1 Telefon' : `${phones.length} Telefone`}, ${registered} gerade angemeldet`,
    ),
    ...phones.filter(({ hasRegistered }) => !hasRegistered).map(({ name }) => neverRegistered(name)),
  ]
}

/** Whether strangers can try to be a phone. */
export function checkPhonesFrom({ phonesFrom }: Pick<Setup, 'phonesFrom'>): Finding {
  const networks = phonesFrom.join(' ')
  if (!phonesFrom.some((block) => block.endsWith('/0')))
    return ok(
      'phones',
      `phones may register from ${networks}`,
      `Telefone dürfen sich anmelden von ${networks}`,
    )
  return warn('phones', {
    code: 'AP_PHONES_FROM_ANYWHERE',
    details: { networks },
    what: {
      en: `phones may register from anywhere (${networks})`,
      de: `Telefone dürfen sich von überall anmelden (${networks})`,
    },
    de: 'Jeder im Internet darf Passwörter probieren. Nennen Sie mit --phones-from die Netze Ihrer Telefone, oder geben Sie ihnen nur Passwörter, die `answerphone phones` gemacht hat.',
  })
}

const neverRegistered = (phone: string) =>
  warn('phones', {
    code: 'AP_PHONE_NEVER_SEEN',
    details: { phone },
    what: { en: `phone ${phone} has never registered`, de: `Telefon ${phone} hat sich noch nie angemeldet` },
    de: `Tragen Sie Benutzer, Passwort und Server in das Telefon ein; \`answerphone phones set ${phone} --new-password\` nennt sie neu. Es muss in einem Netz von --phones-from sein.`,
  })
