import { dialWords } from '../dialling/words/dial-words.ts'
import { announce } from '../state/announcement.ts'
import { phoneLegs } from '../state/phone.ts'
import { houseCall, legOf, newHouseCallId } from './house-call.ts'
import { openLine } from './kept-line.ts'
import { begin, holdAll, isTalking, setHeld } from './phone.ts'
import { startRingback } from './ringback.ts'

/**
 * Calls a phone of the house, or a number; `name` is what the call's card shows.
 *
 * @param asksFor the leg with a caller, who waits while that phone is asked whether it takes him
 */
export async function callOut(target: string, name: string, asksFor: number | null = null): Promise<void> {
  if (houseCall.value || (asksFor === null ? isTalking() : !holdAll())) return
  const callId = newHouseCallId()
  houseCall.value = { callId, name, ring: null, rings: false, asksFor }
  let stopTone: (() => void) | undefined
  const silence = () => {
    stopTone?.()
    stopTone = undefined
  }
  const over = () => {
    silence()
    if (houseCall.value?.callId !== callId) return
    houseCall.value = null
    // Nobody took the caller: one goes on with him.
    if (asksFor !== null && phoneLegs.value.some(({ id }) => id === asksFor)) setHeld(asksFor, false)
  }
  const begun = begin(
    callId,
    'talk',
    async (microphone, events) => {
      const line = await openLine()
      return () =>
        line.call(target, microphone, {
          ...events,
          onRinging(heard) {
            const call = houseCall.value
            if (call?.callId !== callId) return
            if (heard) silence()
            if (call.rings) return
            houseCall.value = { ...call, rings: true }
            announce(dialWords.value.rings)
            if (!heard) stopTone = startRingback()
          },
          onConnected() {
            silence()
            events.onConnected()
          },
          onOver(refusedWith) {
            events.onOver(refusedWith)
            over()
          },
        })
    },
    (status) => refused(status, name),
  )
  await begun.finally(() => {
    // Given up, or without a microphone, before it was begun.
    if (!legOf(callId)) over()
  })
}

/** RFC 3261 §21.4: what the machine answers to a phone that calls. */
function refused(status: number, name: string): string {
  const dial = dialWords.value
  if (status === 486 || status === 600 || status === 603) return dial.busy(name)
  if (status === 403) return dial.notAllowed
  if (status === 404 || status === 484) return dial.unknown(name)
  return status === 480 || status === 408 ? dial.nobody(name) : dial.failed
}
