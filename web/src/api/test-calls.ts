import type { TestCallLink, TestCallOffer } from '../../../src/api/contract.ts'
import { request } from './request.ts'

/** Makes a link with which somebody calls this line from a browser, once. */
export const makeTestCall = (line: string) => request<TestCallLink>('POST', '/test-calls', { line })

/** What a link is good for, by its secret. */
export const visitTestCall = (token: string) => request<TestCallOffer>('POST', '/test-calls/visit', { token })
