import type { Ladder } from '../../../src/api/contract.ts'
import { request } from './request.ts'

/** What went over the wire for a call. */
export const readLadder = (callId: string) =>
  request<Ladder>('GET', `/calls/${encodeURIComponent(callId)}/ladder`)

/** Where the same is to be had for Wireshark. */
export const pcapUrl = (callId: string): string => `/api/v1/calls/${encodeURIComponent(callId)}/pcap`
