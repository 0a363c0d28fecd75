import type { SipRequest, SipResponse } from '../message/message.ts'
import { parseParams } from '../message/params.ts'
import { optionTags, parseSeconds } from '../message/read.ts'
import type { HeaderList } from './fact.ts'
import { MIN_SESSION_MS, type SessionTimer, type TimerWish } from './session-timer.ts'

/** Reads Session-Expires and the support for it (RFC 4028 §4). A broken one counts as none. */
export function readTimer(message: SipRequest | SipResponse): TimerWish {
  const value = message.headers.first('Session-Expires')
  const supported =
    value !== undefined &&
    (optionTags(message, 'Supported').includes('timer') || optionTags(message, 'Require').includes('timer'))
  if (value === undefined) return { supported }
  const semicolon = value.indexOf(';')
  const seconds = parseSeconds((semicolon === -1 ? value : value.slice(0, semicolon)).trim())
  if (seconds === undefined) return { supported }
  const refresher =
    semicolon === -1 ? undefined : parseParams(value, semicolon)?.get('refresher')?.toLowerCase()
  return {
    intervalMs: seconds * 1000,
    supported,
    ...((refresher === 'uac' || refresher === 'uas') && { refresher }),
  }
}

/** The headers of a 2xx of ours that bring the timer into force (RFC 4028 §9). */
export function timerInResponse({ intervalMs, ours, supported }: SessionTimer): HeaderList {
  const expires = ['Session-Expires', `${intervalMs / 1000};refresher=${ours ? 'uas' : 'uac'}`] as const
  // RFC 4028 §9: a UAC that is to refresh has to obey, which it is told by Require.
  return supported && !ours ? [expires, ['Require', 'timer']] : [expires]
}

/** The headers of a refresh of ours (RFC 4028 §7.4). */
export function timerInRefresh({ intervalMs }: SessionTimer): HeaderList {
  return [
    ['Session-Expires', `${intervalMs / 1000};refresher=uac`],
    ['Min-SE', String(MIN_SESSION_MS / 1000)],
  ]
}
