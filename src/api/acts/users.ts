import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import type { Passwords } from '../../shared/passwords.ts'
import type { User } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import { type AuditTools, note } from './audit.ts'

/** What the API and the command line do to users, alike. */
export type UserTools = AuditTools & {
  readonly store: Pick<Store, 'audit' | 'users' | 'sessions'>
  readonly passwords: Passwords
  readonly makeId: MakeId
}

export async function addUser(
  tools: UserTools,
  input: { readonly name: string; readonly password: string; readonly role: User['role'] },
): Promise<User> {
  const { store, passwords, makeId, clock } = tools
  if ((await store.users.byName(input.name)) !== undefined)
    throw new AnswerphoneError('AP_NAME_TAKEN', { kind: 'user', name: input.name })
  const user: User = { id: makeId(), name: input.name, role: input.role, createdAt: clock.now() }
  await store.users.add(user, await passwords.hash(input.password))
  await note(tools, 'user-changed', { detail: `${user.name}: added as ${user.role}` })
  return user
}

/**
 * Changes what is given. A new password ends the user's sessions: whoever knew the old one is out. A new role holds from
 * their next request on; the last owner keeps theirs.
 */
export async function changeUser(
  tools: UserTools,
  key: string,
  { password, role }: { readonly password?: string | undefined; readonly role?: User['role'] | undefined },
): Promise<User> {
  const { store, passwords } = tools
  const user = await needUser(store, key)
  if (role === 'member') await refuseLastOwner(store, user)
  // First what may be refused: nothing is changed then.
  const hash = password === undefined ? undefined : await passwords.hash(password)
  if (role !== undefined) await store.users.setRole(user.id, role)
  if (hash !== undefined) {
    await store.users.setPassword(user.id, hash)
    await store.sessions.removeOfUser(user.id)
  }
  const changed = [
    ...(role === undefined || role === user.role ? [] : [`${role} now`]),
    ...(password === undefined ? [] : ['password']),
  ]
  if (changed.length > 0) await note(tools, 'user-changed', { detail: `${user.name}: ${changed.join(', ')}` })
  return { ...user, role: role ?? user.role }
}

/** Removes a user, but never the last owner. */
export async function removeUser(
  tools: AuditTools & { readonly store: Pick<Store, 'audit' | 'users'> },
  key: string,
): Promise<void> {
  const { store } = tools
  const user = await needUser(store, key)
  await refuseLastOwner(store, user)
  await store.users.remove(user.id)
  await note(tools, 'user-changed', { detail: `${user.name}: removed` })
}

async function refuseLastOwner(store: Pick<Store, 'users'>, user: User): Promise<void> {
  const owners = (await store.users.list()).filter(({ role }) => role === 'owner')
  if (user.role === 'owner' && owners.length === 1)
    throw new AnswerphoneError('AP_LAST_OWNER', { name: user.name })
}

export async function needUser(store: Pick<Store, 'users'>, key: string): Promise<User> {
  const user = await store.users.get(key)
  if (!user) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'user', id: key })
  return user
}
