import type { BlockedInput, BlockedNow, CallDetails, CallPage } from '../../../src/api/contract.ts'
import { request } from './request.ts'

/** The calls going on, and one page of past ones, the newest first. */
export function listCalls(cursor: string | null, limit: number): Promise<CallPage> {
  const search = new URLSearchParams({ limit: String(limit) })
  if (cursor !== null) search.set('cursor', cursor)
  return request<CallPage>('GET', `/calls?${search}`)
}

/** A call, and what its line said of the caller. */
export const readCall = (id: string) => request<CallDetails>('GET', `/calls/${encodeURIComponent(id)}`)

/** Lets the machine answer now. */
export const answerCall = (id: string) => request<unknown>('POST', `/calls/${encodeURIComponent(id)}/answer`)

/** Ends the call and refuses its number from now on. */
export const blockCall = (id: string) => request<unknown>('POST', `/calls/${encodeURIComponent(id)}/block`)

export const blockNumber = (input: BlockedInput) => request<BlockedNow>('POST', '/blocked', input)

/** Lets a number call again. */
export const unblockNumber = (number: string) =>
  request<unknown>('DELETE', `/blocked/${encodeURIComponent(number)}`)

export const hangUpCall = (id: string) => request<unknown>('POST', `/calls/${encodeURIComponent(id)}/hang-up`)

/** Goes on recording what is said after a pick-up, or stops. */
export const recordCall = (id: string, on: boolean) =>
  request<unknown>('POST', `/calls/${encodeURIComponent(id)}/record`, { on })
