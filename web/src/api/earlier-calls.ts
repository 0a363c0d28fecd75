import type { CallPage, MessagePage } from '../../../src/api/contract.ts'
import type { Earlier } from '../format/earlier-calls.ts'
import { request } from './request.ts'

const MOST_CALLS = 20

/** What this number has called and left before the call with this id. */
export async function readEarlier(number: string, callId: string): Promise<Earlier> {
  const caller = encodeURIComponent(number)
  const [{ past, nextCursor }, { messages }] = await Promise.all([
    request<CallPage>('GET', `/calls?caller=${caller}&limit=${MOST_CALLS}`),
    request<MessagePage>('GET', `/messages?caller=${caller}&limit=1`),
  ])
  const calls = past.filter(({ id }) => id !== callId)
  return { calls, isCut: nextCursor !== null, lastMessage: messages[0] ?? null }
}
