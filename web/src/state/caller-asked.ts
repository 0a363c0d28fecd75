import { signal } from '@preact/signals'
import type { Message, PastCall } from '../../../src/api/contract.ts'

/** A call of which the owner wants to know who it was. */
export interface CallerAsked
  extends Pick<
    PastCall,
    'line' | 'contact' | 'callerName' | 'callerNumber' | 'callerE164' | 'callerDisplay'
  > {
  readonly callId: string
}

/** For which call the dialog is open; null: it is not. */
export const callerAsked = signal<CallerAsked | null>(null)

/** Opens it for a call that goes on or is over. */
export function askWhoCalled(call: Omit<CallerAsked, 'callId'> & { readonly id: string }): void {
  callerAsked.value = { ...call, callId: call.id }
}

/** Opens it for whoever left this message. */
export function askWhoLeft(message: Message): void {
  callerAsked.value = message
}
