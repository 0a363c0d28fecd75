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
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'
import { needMailbox } from './mailboxes.ts'
import { noteChange } from './note-change.ts'

/** What the API and the command line do to phones, alike. */
export type PhoneTools = AuditTools & {
  readonly store: Pick<Store, 'audit' | 'phones' | 'mailboxes' | 'settings'>
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
  await note(tools, 'phone-changed', { detail: `${name}: added` })
  return { phone, password: input.password === undefined ? password : null }
}

/**
 * Changes a phone. Its password is kept only together with its name, so a new name needs a password: given, or made.
 */
export async function changePhone(tools: PhoneTools, key: string, change: PhoneChange): Promise<SetUp> {
  const { store, random } = tools
  const before = await needPhone(store, key)
  const { id, name: oldName } = before
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
  await noteChange(tools, 'phone-changed', oldName, {
    // It may have registered meanwhile.
    before: { ...before, hasRegistered: phone.hasRegistered },
    // Hashes are not read for this: who gives a password means another one.
    after: { ...phone, ...(password !== null && { password: 'given' }) },
  })
  return { phone, password: made }
}

/** Removes a phone; it is refused from now on. Rejects with AP_NOT_FOUND. */
export async function removePhone(
  tools: AuditTools & { readonly store: Pick<Store, 'audit' | 'phones'> },
  key: string,
): Promise<void> {
  const { id, name } = await needPhone(tools.store, key)
  await tools.store.phones.remove(id)
  await note(tools, 'phone-changed', { detail: `${name}: removed` })
}

export async function needPhone(store: Pick<Store, 'phones'>, key: string): Promise<Phone> {
  const phone = await store.phones.get(key)
  if (!phone) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'phone', id: key })
  return phone
}

/** Phones as they are shown: with their mailboxes' names and what is registered now. */
export async function viewPhones(
  {
    store,
    clock,
  }: {
    readonly store: Pick<Store, 'bindings' | 'lines' | 'mailboxes'>
    readonly clock: Pick<Clock, 'now'>
  },
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
