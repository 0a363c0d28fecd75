import type { CallerForgotten, CallerHistory, CallerProfile } from '../../../src/api/contract.ts'
import { RequestError, request } from './request.ts'

const at = (key: string) => `/callers/${encodeURIComponent(key)}`

/** The caller; null where nothing is known of one. */
export const readCaller = (key: string): Promise<CallerProfile | null> =>
  request<CallerProfile>('GET', at(key)).catch((error: unknown) => {
    if (error instanceof RequestError && error.status === 404) return null
    throw error
  })

export const noteCaller = (key: string, note: string) => request<CallerProfile>('PATCH', at(key), { note })

/** Calls, said names and notes are gone for good then. */
export const forgetCaller = (key: string) => request<CallerForgotten>('DELETE', at(key))

export function readCallerHistory(
  key: string,
  { q, cursor }: { readonly q: string; readonly cursor?: string | null },
): Promise<CallerHistory> {
  const search = new URLSearchParams()
  if (q !== '') search.set('q', q)
  if (cursor) search.set('cursor', cursor)
  return request<CallerHistory>('GET', `${at(key)}/history?${search}`)
}

/** Where all that is kept of a caller is to be had. */
export const callerExportUrl = (key: string) => `/api/v1${at(key)}/export`
