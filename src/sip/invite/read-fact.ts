import { allowOf, type Capabilities } from '../agent/capabilities.ts'
import { carriesSession, type Refusal } from '../agent/inspect.ts'
import type { Body } from '../endpoint.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import { cseqOf, fromOf, tagOf } from '../message/read.ts'
import type { ReceivedRequest } from '../transaction/layer.ts'
import type { Ask, Change, Fact } from './fact.ts'
import { readRefer, readReferSubscribe } from './read-refer.ts'
import { readTimer } from './read-timer.ts'
import { agreeTimer, MIN_SESSION_MS } from './session-timer.ts'

/** RFC 4028 §6: the interval asked for is too small. */
export const INTERVAL_TOO_SMALL: Refusal = {
  status: 422,
  headers: [['Min-SE', String(MIN_SESSION_MS / 1000)]],
}

/** What a request within a dialog means to the INVITE's machine, or why it is refused before that. */
export function readFact(request: ReceivedRequest, ask: Ask, capabilities: Capabilities): Fact | Refusal {
  switch (request.method) {
    case 'BYE':
      return { kind: 'bye', ask, request }
    case 'INFO': {
      const body = bodyOf(request)
      return body ? { kind: 'info', ask, body } : { kind: 'info', ask }
    }
    case 'PRACK': {
      const rack = readRAck(request)
      return rack === undefined
        ? { status: 400 }
        : { kind: 'prack', rack, ...changeOf(request, ask, capabilities) }
    }
    case 'INVITE':
    case 'UPDATE': {
      const agreement = agreeTimer(readTimer(request))
      if (agreement.kind === 'too-small') return INTERVAL_TOO_SMALL
      return {
        kind: request.method === 'INVITE' ? 'reinvite' : 'update',
        ...changeOf(request, ask, capabilities),
        ...(agreement.kind === 'agreed' && { timer: agreement.timer }),
      }
    }
    case 'REFER':
      return readRefer(request, ask)
    case 'SUBSCRIBE':
      return readReferSubscribe(request, ask)
    default: // Of the methods that are taken outside of dialogs only.
      return { status: 405, headers: [['Allow', allowOf(capabilities)]] }
  }
}

export function bodyOf(message: SipRequest | SipResponse): Body | undefined {
  if (message.body.length === 0) return undefined
  return { contentType: message.headers.first('Content-Type') ?? '', bytes: message.body }
}

/** The session description in a request, if it carries one. */
export function sessionOf(request: SipRequest, capabilities: Capabilities): Body | undefined {
  return carriesSession(request, capabilities) ? bodyOf(request) : undefined
}

function changeOf(request: ReceivedRequest, ask: Ask, capabilities: Capabilities): Change {
  const body = sessionOf(request, capabilities)
  const tag = tagOf(fromOf(request))
  return {
    ask,
    cseq: cseqOf(request)?.number ?? 0,
    ...(tag !== undefined && { tag }),
    ...(body && { body }),
  }
}

/** `RAck: rseq cseq method` (RFC 3262 §7.2) of a provisional response to an INVITE: the two numbers. */
function readRAck(request: SipRequest): string | undefined {
  const match = /^(\d{1,10})[ \t]+(\d{1,10})[ \t]+INVITE$/.exec(request.headers.first('RAck') ?? '')
  return match ? `${Number(match[1])} ${Number(match[2])}` : undefined
}
