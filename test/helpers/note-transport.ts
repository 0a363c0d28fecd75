import type { Destination, Source, TransportEvents } from '../../src/sip/transport/transport.ts'

/** Transport events that note what they are told. */
export interface TransportNotes extends TransportEvents {
  readonly messages: { readonly text: string; readonly from: Source }[]
  readonly broken: { readonly text: string; readonly why: string }[]
  readonly failures: { readonly to: Destination; readonly code: string | undefined }[]
  /** The flows of connections that were closed. */
  readonly closed: (string | undefined)[]
}

export function noteTransport(): TransportNotes {
  const notes: TransportNotes = {
    messages: [],
    broken: [],
    failures: [],
    closed: [],
    onMessage: (bytes, from) => void notes.messages.push({ text: bytes.toString(), from }),
    onBroken: (bytes, _from, why) => void notes.broken.push({ text: bytes.toString(), why }),
    onSendFailed: (to, error: NodeJS.ErrnoException) => void notes.failures.push({ to, code: error.code }),
    onClosed: ({ flow }) => void notes.closed.push(flow),
  }
  return notes
}
