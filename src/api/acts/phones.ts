import type { Clock } from '../../shared/clock.ts'
import { hashCredentials } from '../../shared/credentials.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Random } from '../../shared/random.ts'
import type { Phone } from '../../store/model.ts'
import { readRealm } from '../../store/realm.ts'
import type { Store } from '../../store/store.ts'
import { makePhonePassword } from '../auth/phone-password.ts'
import type { PhoneChange, PhoneInput, Phone as PhoneView } from '../contract.ts'
import { readNames } from '../views/names.ts'
import { showPhone } from '../views/phone.ts'
import { defined } from './defined.ts'
import { needMailbox } from './mailboxes.ts'

/** What the API and the command line do to phones, alike. */
export interface PhoneTools {
  readonly store: Pick<Store, 'phones' | 'bindings' | 'lines' | 'mailboxes' | 'settings'>
  readonly clock: Clock
  readonly random: Random
}

/** A phone that was set up; the password, if one was made for it. */
export interface SetUp {
  readonly phone: Phone
  readonly password: string | null
}

/** Adds a phone, and makes a password where none is given. */
export async function addPhone(tools: PhoneTools, input: PhoneInput): Promise<SetUp> {
  const { store, clock, random } = tools
  const { name, speaker = false, speakerGainDb = 0, srtp } = input
  const mailboxIds = await readMailboxes(store, input.mailboxes)
  const password = input.password ?? makePhonePassword(random)
  const phone = await store.phones.add(
    { name, mailboxIds, speaker, speakerGainDb, ...defined({ srtp }), createdAt: clock.now() },
    hashCredentials(name, await readRealm(store), password),
  )
  return { phone, password: input.password === undefined ? password : null }
}

/**
 * Changes a phone. Its password is kept only together with its name, so a new name needs a password: given, or made.
 */
export async function changePhone(tools: PhoneTools, key: string, change: PhoneChange): Promise<SetUp> {
  const { store, random } = tools
  const { id, name: oldName } = await needPhone(store, key)
  const { mailboxes, password: given, newPassword = false, name = oldName, ...rest } = change
  const made = given === undefined && newPassword ? makePhonePassword(random) : null
  const password = given ?? made
  if (name !== oldName && password === null)
    throw new AnswerphoneError('AP_INPUT_INVALID', {
      what: 'A phone logs in with its name: for a new name give a new password, too, or have one made.',
    })
  const phone = await store.phones.set(
    id,
    {
      ...defined({ ...rest, name }),
      ...(mailboxes === undefined ? {} : { mailboxIds: await readMailboxes(store, mailboxes) }),
    },
    password === null ? undefined : hashCredentials(name, await readRealm(store), password),
  )
  return { phone, password: made }
}

export async function needPhone(store: Pick<Store, 'phones'>, key: string): Promise<Phone> {
  const phone = await store.phones.get(key)
  if (!phone) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'phone', id: key })
  return phone
}

/** Phones as they are shown: with their mailboxes' names and what is registered now. */
export async function viewPhones(
  { store, clock }: Pick<PhoneTools, 'store' | 'clock'>,
  phones: readonly Phone[],
): Promise<PhoneView[]> {
  const [bindings, names] = await Promise.all([store.bindings.list(), readNames(store)])
  return phones.map((phone) => showPhone(phone, bindings, names, clock.now()))
}

/** The ids of these mailboxes; of the only one where none is named. */
async function readMailboxes(
  store: Pick<Store, 'mailboxes'>,
  keys: readonly string[] | undefined,
): Promise<string[]> {
  if (keys) {
    const mailboxes = await Promise.all(keys.map((key) => needMailbox(store, key)))
    return [...new Set(mailboxes.map(({ id }) => id))]
  }
  const [only, ...others] = await store.mailboxes.list()
  if (only && others.length === 0) return [only.id]
  const names = [only, ...others].map((mailbox) => mailbox?.name).join(', ')
  throw new AnswerphoneError('AP_INPUT_INVALID', {
    what: only
      ? `Say for which mailboxes it rings: ${names}.`
      : 'There is no mailbox for which it could ring. `answerphone lines add` makes one.',
  })
}
