import { signal } from '@preact/signals'
import { words } from '../i18n/words.ts'
import { announce } from '../state/announcement.ts'
import { phoneLegs } from '../state/phone.ts'
import { begin, hangUp, isTalking } from './phone.ts'
import type { HouseRing } from './phone-line.ts'

/** A call of this phone's own, with no caller of the machine in it. */
export interface HouseCall {
  readonly callId: string
  /** Whom it is with. */
  readonly name: string
  /** Another phone of the house that calls, or was answered; null: this one calls. */
  readonly ring: HouseRing | null
  /** Whether it rings there. */
  readonly rings: boolean
  /** The leg with the caller who waits meanwhile, and may be given to who is called here; null: nobody does. */
  readonly asksFor: number | null
}

export const houseCall = signal<HouseCall | null>(null)

let calls = 0

export function newHouseCallId(): string {
  calls += 1
  return `house ${calls}`
}

/** Shows it; who talks is busy. */
export function takeHouseCall(ring: HouseRing): (answered: boolean) => void {
  if (isTalking() || houseCall.value) {
    queueMicrotask(ring.decline)
    return () => {}
  }
  const callId = newHouseCallId()
  houseCall.value = { callId, name: ring.name, ring, rings: false, asksFor: null }
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
  if (!call?.ring || isTalking()) return
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
