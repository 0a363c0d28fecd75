import type { NumberCheck, NumberList, NumberListInput } from '../../../src/api/contract.ts'
import { request } from './request.ts'

const of = (id: string) => `/number-lists/${encodeURIComponent(id)}`

export const listNumberLists = () => request<NumberList[]>('GET', '/number-lists')
export const addNumberList = (input: NumberListInput) => request<NumberList>('POST', '/number-lists', input)
export const removeNumberList = (id: string) => request<unknown>('DELETE', of(id))
export const refreshNumberList = (id: string) => request<NumberList>('POST', `${of(id)}/refresh`)
export const checkNumber = (number: string) =>
  request<NumberCheck>('GET', `/number-lists/check?number=${encodeURIComponent(number)}`)

/** Puts a file in place of the numbers of a list, under whatever kind the browser knows it by. */
export const putNumbers = (id: string, file: Blob) =>
  request<NumberList>('POST', `${of(id)}/numbers`, new Blob([file], { type: 'application/octet-stream' }))
