import type { PhoneSession } from '../../../src/api/contract.ts'
import { request } from './request.ts'

/** Lends this page a phone, which ends with the session. */
export const lendPhone = () => request<PhoneSession>('POST', '/phone-session')
