import type { ApiEvent } from '../../../src/api/contract.ts'

/** Every kind that there is: one that is missing does not compile. */
const KINDS: Readonly<Record<ApiEvent['kind'], true>> = {
  'call-changed': true,
  'call-ended': true,
  'words-heard': true,
  'message-added': true,
  'messages-changed': true,
  'contacts-changed': true,
  'lines-changed': true,
  'health-changed': true,
  'switches-changed': true,
  'fills-changed': true,
}

const FIRST_BACK_OFF_MS = 1_000
const LONGEST_BACK_OFF_MS = 30_000

/** How long to wait before the try number `attempt` (from 1), in ms: doubled each time, up to half a minute. */
export function backOffMs(attempt: number): number {
  return Math.min(FIRST_BACK_OFF_MS * 2 ** (attempt - 1), LONGEST_BACK_OFF_MS)
}

export interface EventListeners {
  readonly onEvent: (event: ApiEvent) => void
  /** The stream stands, for the first time or again: what was read before may be out of date. */
  readonly onOpen: () => void
  /** The stream broke; it is tried again after `retryInMs`. */
  readonly onLost: (retryInMs: number) => void
}

/** A stream of events that comes back by itself: later and later, and at once when the browser has a network again. */
export interface EventStream {
  /** Tries again at once when it is waiting to. */
  retryNow(): void
  close(): void
}

/** Opens GET /api/v1/events and keeps it open. */
export function openEvents({ onEvent, onOpen, onLost }: EventListeners): EventStream {
  let source: EventSource | undefined
  let retry: number | undefined
  let attempt = 0

  const connect = () => {
    retry = undefined
    source = new EventSource('/api/v1/events')
    source.onopen = () => {
      attempt = 0
      onOpen()
    }
    // The browser's own retry knows no back-off, and gives up for good on an HTTP error.
    source.onerror = () => {
      source?.close()
      attempt += 1
      const waitMs = backOffMs(attempt)
      retry = window.setTimeout(connect, waitMs)
      onLost(waitMs)
    }
    for (const kind of Object.keys(KINDS) as ApiEvent['kind'][])
      source.addEventListener(kind, ({ data }: MessageEvent<string>) => {
        const event = parseEvent(kind, data)
        if (event) onEvent(event)
      })
  }
  const retryNow = () => {
    if (retry === undefined) return
    window.clearTimeout(retry)
    connect()
  }
  /** The network is there again: the failures before say nothing of it. */
  const onOnline = () => {
    attempt = 0
    retryNow()
  }
  window.addEventListener('online', onOnline)
  connect()

  return {
    retryNow,
    close() {
      window.removeEventListener('online', onOnline)
      window.clearTimeout(retry)
      source?.close()
    },
  }
}

/** The event in `data`, which may leave its kind to the event's name; null when it is no JSON. */
export function parseEvent(kind: ApiEvent['kind'], data: string): ApiEvent | null {
  try {
    return { ...(JSON.parse(data) as object), kind } as ApiEvent
  } catch {
    return null
  }
}
