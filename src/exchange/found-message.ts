import type { CallGate, Message } from '../store/model.ts'

/** A message as another answering machine, or an export of ours, has left it on the disk. */
export interface FoundMessage {
  /** What it is called there: for people who read what could not be taken. */
  readonly name: string
  /** Files with its sound; the first that can be read counts. */
  readonly sounds: readonly string[]
  readonly callerNumber: string | null
  readonly callerName: string | null
  /** Ms since the Unix epoch. */
  readonly receivedAt: number
  readonly state: 'new' | 'heard' | 'junk'
  readonly heardAt: number | null
  readonly note: string
  /** What only an export of ours tells. */
  readonly ours?: Pick<
    Message,
    'id' | 'callId' | 'callerE164' | 'cutOff' | 'pickedUp' | 'kind' | 'forwardedBy' | 'junkReason'
  >
  /** What its call had to pass, and the file with the name that was said. */
  readonly gate?:
    | (Pick<CallGate, 'kind' | 'went'> & {
        readonly name: { readonly sound: string; readonly words: string | null } | null
      })
    | null
}

/** What a place holds, and how much of it is left out because it was deleted there. */
export interface Findings {
  readonly messages: readonly FoundMessage[]
  readonly deleted: number
  /** What can't be read, and why; default: nothing. */
  readonly unreadable?: readonly { readonly name: string; readonly why: string }[]
}
