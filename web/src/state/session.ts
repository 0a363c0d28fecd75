import { computed, signal } from '@preact/signals'
import type { SessionInfo } from '../../../src/api/contract.ts'
import { useCsrfToken } from '../api/request.ts'
import * as api from '../api/session.ts'
import { forgetKept } from '../offline/forget-kept.ts'
import { replaceRoute, route } from './route.ts'
import { welcome } from './welcome.ts'

/** Who is logged in; null until the server has said so. */
export const session = signal<SessionInfo | null>(null)

/** What the page shows as a whole. */
export const screen = computed<'waiting' | 'setup' | 'setup-link-needed' | 'login' | 'home'>(() => {
  if (session.value === null) return 'waiting'
  if (session.value.user !== null) return 'home'
  if (!session.value.setupNeeded) return 'login'
  return route.value.view === 'setup' ? 'setup' : 'setup-link-needed'
})

export async function refreshSession(): Promise<void> {
  enter(await api.readSession())
  // An owner who opens the one-time link again has no use for it.
  if (session.value?.user && route.value.view === 'setup') replaceRoute('#/messages')
}

function enter(answer: SessionInfo): void {
  const before = session.value?.user
  // What another user saw is in every corner of this page.
  if (before && answer.user && before.id !== answer.user.id) return location.reload()
  if (answer.user === null) forgetKept()
  useCsrfToken(answer.csrfToken)
  session.value = answer
}

export async function changePassword(password: string, newPassword: string): Promise<void> {
  enter(await api.changePassword(password, newPassword))
}

export async function logIn(name: string, password: string): Promise<void> {
  await api.logIn(name, password)
  await refreshSession()
}

export async function setUp(token: string, name: string, password: string): Promise<void> {
  await api.setUp(token, name, password)
  welcome.value = 'line'
  await refreshSession()
  replaceRoute('#/welcome')
}

export async function logOut(): Promise<void> {
  await api.logOut()
  loseSession()
  await refreshSession()
}

/** The server no longer knows us: back to the login. */
export function loseSession(): void {
  forgetKept()
  useCsrfToken(null)
  session.value = { user: null, setupNeeded: false, csrfToken: null }
}
