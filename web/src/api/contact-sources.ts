import type { ContactSource, ContactSourceChange, ContactSourceInput } from '../../../src/api/contract.ts'
import { request } from './request.ts'

const at = (key: string) => `/contact-sources/${encodeURIComponent(key)}`

export const listSources = () => request<ContactSource[]>('GET', '/contact-sources')
export const addSource = (input: ContactSourceInput) =>
  request<ContactSource>('POST', '/contact-sources', input)
export const changeSource = (id: string, change: ContactSourceChange) =>
  request<ContactSource>('PATCH', at(id), change)
export const readSourceNow = (id: string) => request<ContactSource>('POST', `${at(id)}/sync`)
export const removeSource = (id: string, contacts: 'remove' | 'keep') =>
  request<unknown>('DELETE', `${at(id)}?contacts=${contacts}`)
