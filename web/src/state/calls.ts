import { signal } from '@preact/signals'
import type { LiveCall, PastCall } from '../../../src/api/contract.ts'
import { answerCall, blockCall, hangUpCall, listCalls, unblockNumber } from '../api/calls.ts'
import { askedNumber, callerTitle } from '../format/caller.ts'
import { words } from '../i18n/words.ts'
import { reportFailure } from './report-failure.ts'
import { showToast } from './toasts.ts'

const PAGE = 50

export const liveCalls = signal<readonly LiveCall[]>([])

/** Past calls as far as they were read, the newest first; null before the first answer. */
export const pastCalls = signal<readonly PastCall[] | null>(null)

/** Where the next page begins; null when all are read. */
export const nextCallsCursor = signal<string | null>(null)

let reading = false
let changes = 0

/** An event has changed the live calls: a list that was asked for before may not know. */
export function noteChange(): void {
  changes += 1
}

/** Whoever logs in next finds nothing of who was here. */
export function forgetCalls(): void {
  changes += 1
  liveCalls.value = []
  pastCalls.value = null
}

/** Reads what goes on now and the first page of what was. */
export async function refreshCalls(): Promise<void> {
  try {
    const before = changes
    const { live, past, nextCursor } = await listCalls(null, PAGE)
    if (changes !== before) return refreshCalls()
    liveCalls.value = live
    pastCalls.value = past
    nextCallsCursor.value = nextCursor
  } catch (error) {
    reportFailure(error)
  }
}

export async function readMoreCalls(): Promise<void> {
  const cursor = nextCallsCursor.value
  if (reading || cursor === null) return
  reading = true
  try {
    const { past, nextCursor } = await listCalls(cursor, PAGE)
    if (nextCallsCursor.value !== cursor) return
    pastCalls.value = [...(pastCalls.value ?? []), ...past]
    nextCallsCursor.value = nextCursor
  } catch (error) {
    reportFailure(error)
  } finally {
    reading = false
  }
}

export const letMachineAnswer = (call: LiveCall) => answerCall(call.id).catch(reportFailure)

export const hangUp = (call: LiveCall) => hangUpCall(call.id).catch(reportFailure)

/** Ends the call and refuses its number; a slip of the finger can be taken back. */
export async function block(call: LiveCall): Promise<void> {
  const number = askedNumber(call)
  if (number === null) return
  try {
    await blockCall(call.id)
    showToast({
      text: words.value.live.blocked(callerTitle(call, words.value)),
      tone: 'done',
      undo: () => void unblockNumber(number).catch(reportFailure),
    })
  } catch (error) {
    reportFailure(error)
  }
}
