import { signal } from '@preact/signals'
import { words } from '../i18n/words.ts'
import { announce } from '../state/announcement.ts'
import { phoneLegs } from '../state/phone.ts'
import { begin, hangUp, isTalking } from './phone.ts'
import type { HouseRing } from './phone-line.ts'

/** The call of another phone of the house that rings here, or was answered. */
export const houseCall = signal<{ readonly callId: string; readonly ring: HouseRing } | null>(null)

let calls = 0

/** Shows it; who talks is busy. */
export function takeHouseCall(ring: HouseRing): (answered: boolean) => void {
  if (isTalking() || houseCall.value) {
    queueMicrotask(ring.decline)
    return () => {}
  }
  calls += 1
  const callId = `house ${calls}`
  houseCall.value = { callId, ring }
  announce(words.value.phone.calls(ring.name))
  return (answered) => {
    // Answered, it is shown as long as one talks.
    if (answered || houseCall.value?.callId !== callId) return
    houseCall.value = null
    // Given up while the browser asked for the microphone.
    const leg = legOf(callId)
    if (leg) hangUp(leg.id)
  }
}

export const legOf = (callId: string) => phoneLegs.value.find((leg) => leg.callId === callId)

export async function answerHouseCall(): Promise<void> {
  const call = houseCall.value
  if (!call || isTalking()) return
  const { callId, ring } = call
  await begin(callId, 'talk', async (microphone, events) => {
    if (!microphone) throw new TypeError('a microphone was asked for')
    const onOver: typeof events.onOver = (refusedWith) => {
      houseCall.value = null
      events.onOver(refusedWith)
    }
    return () => ring.answer(microphone, { ...events, onOver })
  })
}
