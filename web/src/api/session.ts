import type { SessionInfo } from '../../../src/api/contract.ts'
import { request } from './request.ts'

export const readSession = () => request<SessionInfo>('GET', '/session')

export const logIn = (name: string, password: string) =>
  request<unknown>('POST', '/session', { name, password })

export const logOut = () => request<unknown>('DELETE', '/session')

/** Ends one's sessions in other browsers; this one goes on. */
export const changePassword = (password: string, newPassword: string) =>
  request<SessionInfo>('POST', '/session/password', { password, newPassword })

/** Makes the owner's account with the token of the one-time link, and logs in. */
export const setUp = (token: string, name: string, password: string) =>
  request<unknown>('POST', '/setup', { token, name, password })
