import type { Clock, Timer } from '../../src/shared/clock.ts'
import { branchOf, writeRequest } from './sip-text.ts'
import { headerOf, type SipWire, statusOf } from './sip-wire.ts'

/** A request as a phone means it; the Via is put before it. Values are those of the headers of the same name. */
export interface PhoneRequest {
  readonly method: string
  readonly uri: string
  readonly from: string
  readonly to: string
  readonly callId: string
  readonly cseq: number
  /** Further lines. */
  readonly headers?: readonly string[]
  readonly body?: string | undefined
  readonly contentType?: string
}

export interface SentRequest {
  readonly text: string
  /** The final response; of an INVITE that was refused the ACK is sent. Rejects when none comes in 32 s. */
  readonly final: Promise<string>
  /** CANCEL, with these lines. */
  cancel(headers?: readonly string[]): void
}

/** Client transactions as far as a phone in a test needs them (RFC 3261 §17.1). */
export interface PhoneTransactions {
  /** `onResponse` sees each response as it comes, the provisional ones too. */
  send(request: PhoneRequest, onResponse?: (response: string, status: number) => void): SentRequest
  /** Sends it once and waits for nothing: an ACK for a 2xx. */
  sendOnce(request: PhoneRequest): void
  /** Sends this text now and again, at doubling intervals over UDP, until stopped or for 32 s. */
  repeat(text: string, onGivenUp: () => void): { stop(): void }
  /** Takes a response. */
  receive(response: string): void
  /** Sends nothing again from now on. */
  stop(): void
}

export interface PhoneTransactionsOptions {
  readonly wire: SipWire
  readonly clock: Clock
  /** What Via names: our host and port, or what we take for them behind a NAT. */
  readonly sentBy: string
  /** Makes tokens that nobody else has. */
  readonly token: () => string
}

const T1_MS = 500
const T2_MS = 4000
const TIMEOUT_MS = 64 * T1_MS

export function phoneTransactions(options: PhoneTransactionsOptions): PhoneTransactions {
  const { wire, clock, sentBy, token } = options
  const waiting = new Map<string, (response: string) => void>()
  const repeating = new Set<{ stop(): void }>()

  function write(request: PhoneRequest, branch: string): string {
    return writeRequest(request.method, request.uri, {
      ...request,
      headers: [
        `Via: SIP/2.0/${wire.transport.toUpperCase()} ${sentBy};rport;branch=${branch}`,
        'Max-Forwards: 70',
        `From: ${request.from}`,
        `To: ${request.to}`,
        `Call-ID: ${request.callId}`,
        `CSeq: ${request.cseq} ${request.method}`,
        ...(request.headers ?? []),
      ],
    })
  }

  function repeat(text: string, onGivenUp: () => void) {
    let intervalMs = T1_MS
    let again: Timer | undefined
    const sendAgain = () => {
      wire.send(text)
      again = clock.setTimer(intervalMs, sendAgain)
      intervalMs = Math.min(2 * intervalMs, T2_MS)
    }
    if (wire.transport === 'udp') sendAgain()
    else wire.send(text)
    const givingUp = clock.setTimer(TIMEOUT_MS, () => {
      repetition.stop()
      onGivenUp()
    })
    const repetition = {
      stop() {
        again?.cancel()
        givingUp.cancel()
        repeating.delete(repetition)
      },
    }
    repeating.add(repetition)
    return repetition
  }

  function send(
    request: PhoneRequest,
    onResponse: (response: string, status: number) => void = () => {},
  ): SentRequest {
    const { method } = request
    const branch = `z9hG4bK${token()}`
    const text = write(request, branch)
    const { promise: final, resolve, reject } = Promise.withResolvers<string>()
    // Whoever does not look at the outcome does not care that there is none.
    final.catch(() => {})
    const repetition = repeat(text, () => reject(new Error(`no answer to ${method} within 32 s`)))
    waiting.set(`${branch} ${method}`, (response) => {
      const status = statusOf(response)
      if (method === 'INVITE' || status >= 200) repetition.stop()
      // RFC 3261 §17.1.1.3: in the transaction of the INVITE, with the tag of the response.
      if (method === 'INVITE' && status >= 300) {
        const { body: _, headers: __, ...bare } = request
        wire.send(write({ ...bare, method: 'ACK', to: headerOf(response, 'To') ?? '' }, branch))
      }
      if (status >= 200) resolve(response)
      onResponse(response, status)
    })
    return {
      text,
      final,
      cancel(headers = []) {
        const { body: _, ...bare } = request
        const cancel = write({ ...bare, method: 'CANCEL', headers }, branch)
        const sending = repeat(cancel, () => {})
        waiting.set(`${branch} CANCEL`, sending.stop)
      },
    }
  }

  return {
    send,
    sendOnce: (request) => wire.send(write(request, `z9hG4bK${token()}`)),
    repeat,
    receive(response) {
      const method = headerOf(response, 'CSeq')?.split(/\s+/)[1] ?? ''
      waiting.get(`${branchOf(response)} ${method}`)?.(response)
    },
    stop() {
      for (const repetition of repeating) repetition.stop()
    },
  }
}
