import type { PushState, PushSubscriptionInput } from '../../../src/api/contract.ts'
import { request } from './request.ts'

export const readPush = () => request<PushState>('GET', '/push')

export const subscribe = (subscription: PushSubscriptionInput) =>
  request<PushState>('POST', '/push/subscription', subscription)

export const unsubscribe = () => request<unknown>('DELETE', '/push/subscription')

/** Has the machine send this browser something to try it out. */
export const testPush = () => request<unknown>('POST', '/push/test')
