import type { LiveCall } from '../../../src/api/contract.ts'
import { RequestError } from '../api/request.ts'
import { words } from '../i18n/words.ts'
import { announce } from '../state/announcement.ts'
import { phoneLegs, phoneSetting } from '../state/phone.ts'
import { afterPhoneEvent, type PhoneEvent, type PhoneLeg } from '../state/phone-legs.ts'
import { reportFailure } from '../state/report-failure.ts'
import { showToast } from '../state/toasts.ts'
import { closeLine, keepLine, openLine, restLine } from './kept-line.ts'
import { closeMicrophone, openMicrophone } from './microphone.ts'
import { PhoneFailure } from './phone-failure.ts'
import type { GiveEvents, Leg, LegEvents } from './phone-line.ts'

const legs = new Map<number, Leg>()
let lastId = 0

/** What was dialled is known by its id in the API, so that it is this call however many there are (src/owner/dialled.ts). */
const TARGETS = { talk: 'pick-up', listen: 'listen' } as const

/** Whether this page talks, or is about to. */
export const isTalking = () => phoneLegs.value.some(({ purpose }) => purpose === 'talk')

/** Picks the call up, or listens to it unheard. Who talks already lets the other wait for the one that is picked up. */
export async function dial(call: LiveCall, purpose: PhoneLeg['purpose']): Promise<void> {
  if (phoneLegs.value.some((leg) => leg.callId === call.id && leg.purpose === purpose)) return
  if (purpose === 'listen' ? isTalking() : !holdAll()) return
  await begin(call.id, purpose, async (microphone, events) => {
    const line = await openLine()
    return () => line.call(`${TARGETS[purpose]}~${call.id}`, microphone, events)
  })
}

/** What begins a leg once all is there: nothing is begun that was given up in the meantime. */
type Prepare = (microphone: MediaStream | null, events: LegEvents) => Promise<() => Leg>

/** Begins a leg, with the microphone if it is to talk; tells why when that fails. */
export async function begin(
  callId: string,
  purpose: PhoneLeg['purpose'],
  prepare: Prepare,
  whyRefused: (status: number) => string = refused,
): Promise<void> {
  lastId += 1
  const id = lastId
  takeIn({ kind: 'dialled', id, callId, purpose })
  let microphone: MediaStream | null = null
  try {
    if (purpose === 'talk') microphone = await openMicrophone()
    const start = await prepare(microphone, {
      onConnected() {
        takeIn({ kind: 'connected', id, at: Date.now() })
        const { phone } = words.value
        announce(purpose === 'talk' ? phone.announceTalking : phone.announceListening)
      },
      onOver(refusedWith) {
        closeMicrophone(microphone)
        over(id)
        if (refusedWith !== null) showToast({ text: whyRefused(refusedWith), tone: 'failed' })
      },
    })
    if (phoneLegs.value.some((leg) => leg.id === id)) legs.set(id, start())
    else closeMicrophone(microphone)
  } catch (error) {
    closeMicrophone(microphone)
    over(id)
    if (error instanceof PhoneFailure) showToast({ text: error.message, tone: 'failed' })
    else if (error instanceof RequestError) reportFailure(error)
    else throw error
  }
}

export function hangUp(id: number): void {
  const leg = legs.get(id)
  if (leg) leg.hangUp()
  else over(id)
}

export function setMuted(id: number, on: boolean): void {
  legs.get(id)?.mute(on)
  takeIn({ kind: 'muted', id, on })
}

/** Lets everybody wait with whom this page talks; false: not all can be let wait, as one is only being called. */
export function holdAll(but?: number): boolean {
  const talks = phoneLegs.value.filter(({ id, purpose, held }) => purpose === 'talk' && !held && id !== but)
  if (talks.some(({ since }) => since === null)) return false
  for (const { id } of talks) setHeld(id, true)
  return phoneLegs.value.every(({ id, purpose, held }) => purpose !== 'talk' || held || id === but)
}

/** One ear: who goes on with one lets the others wait. */
export function setHeld(id: number, on: boolean): void {
  if (!on && !holdAll(id)) return
  if (legs.get(id)?.hold(on)) takeIn({ kind: 'held', id, on })
}

/** Gives the other side to a phone of the house; given, there is nothing left here. */
export function give(id: number, phone: string, { onTaken, onRefused }: GiveEvents): void {
  legs.get(id)?.give(phone, {
    onTaken() {
      onTaken()
      hangUp(id)
    },
    onRefused,
  })
}

/** Gives the other side to whom the page talks with on the leg `asked`; given, there is nothing left here of either. */
export function join(id: number, asked: number, { onTaken, onRefused }: GiveEvents): void {
  const other = legs.get(asked)
  const leg = legs.get(id)
  if (!leg || !other) return onRefused()
  leg.join(other, {
    onTaken() {
      onTaken()
      hangUp(id)
      hangUp(asked)
    },
    onRefused,
  })
}

export const press = (id: number, key: string) => legs.get(id)?.press(key)

/** This browser is a phone from now on. */
export const stand = keepLine

/** It is one only while it is used. */
export function rest(): void {
  if (phoneLegs.value.length === 0) restLine()
}

/** Nobody is logged in any more. */
export function leave(): void {
  for (const id of [...legs.keys()]) hangUp(id)
  closeLine()
}

function takeIn(event: PhoneEvent): void {
  const [after, acts] = afterPhoneEvent(phoneLegs.value, event)
  phoneLegs.value = after
  for (const { hangUp: id } of acts) hangUp(id)
}

function over(id: number): void {
  legs.delete(id)
  takeIn({ kind: 'over', id })
  if (phoneSetting.value === 'off') rest()
  else stand()
}

/** RFC 3261 §21.4: what the machine answers to who comes too late. */
function refused(status: number): string {
  const { phone } = words.value
  if (status === 486) return phone.taken
  if (status === 480 || status === 481 || status === 487) return phone.over
  return phone.failed
}

// A page that is left takes its calls with it, and may be come back to.
window.addEventListener('pagehide', leave)
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted && phoneSetting.value !== 'off') stand()
})
