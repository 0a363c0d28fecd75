import { computed, effect, signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { LiveCall } from '../../../src/api/contract.ts'
import { words } from '../i18n/words.ts'
import { legOfCall, type PhoneLeg, shownLeg } from './phone-legs.ts'
import { screen } from './session.ts'
import { stored } from './stored.ts'
import { showToast } from './toasts.ts'
import { wayOut } from './way-out.ts'

export const phoneSettings = ['off', 'quiet', 'ring'] as const
export type PhoneSetting = (typeof phoneSettings)[number]

/** Whether this browser is a phone of the house, and whether it is to be heard. Off, it is one only while it is used. */
export const phoneSetting = stored<PhoneSetting>('phone', phoneSettings, 'off')

/** Whether this browser lets callers be heard at once while they leave a message. */
export const listenAtOnce = stored('listen', ['off', 'on'], 'off')

/** How the phone reaches the machine. */
export const phoneLink = signal<'off' | 'opening' | 'ready' | 'lost'>('off')

export const phoneLegs = signal<readonly PhoneLeg[]>([])

/** What the page's phone does now; null: nothing. */
export const phoneCall = computed(() => shownLeg(phoneLegs.value))

/** What is seen of it; it comes with the phone. */
export const phoneParts = signal<{
  /** The acts of a call that this page has; `call` is a caller's. */
  readonly Panel: ComponentType<{ readonly leg: PhoneLeg; readonly call?: LiveCall }>
  /** The call of another phone of the house, if there is one: a row of a list. */
  readonly HouseCall: ComponentType
} | null>(null)

type Phone = typeof import('../phone/load.ts')
let loaded: Phone | undefined

/** The phone comes when it is first needed. */
async function load(): Promise<Phone | undefined> {
  try {
    loaded ??= await import('../phone/load.ts')
  } catch {
    showToast({ text: words.value.failures.offline, tone: 'failed' })
  }
  return loaded
}

export const pickUp = (call: LiveCall) => load().then((phone) => phone?.dial(call, 'talk'))
export const listenIn = (call: LiveCall) => load().then((phone) => phone?.dial(call, 'listen'))
/** Calls a phone of the house or a number, shown as `name`. */
export const callOut = (target: string, name: string) => load().then((phone) => phone?.callOut(target, name))
/** Calls back who called the line, through it if it may be (src/owner/dialled.ts). */
export async function callBack(number: string, line: string, name: string): Promise<void> {
  if (wayOut.value === null) showToast({ text: words.value.calls.noWayOut, tone: 'failed' })
  else await callOut(`out~${line}~${number}`, name)
}
export const leaveCall = (leg: PhoneLeg) => loaded?.hangUp(leg.id)

/** Is a phone for as long as somebody is logged in and wants one here. */
export function keepPhone(): void {
  effect(() => {
    if (screen.value !== 'home') loaded?.leave()
    else if (phoneSetting.value !== 'off') void load().then((phone) => phone?.stand())
    else loaded?.rest()
  })
  effect(() => {
    if (screen.value === 'home' && listenAtOnce.value === 'on')
      void load().then((phone) => phone?.followCallers())
  })
}

/** The leg with which this page takes part in the call. */
export function legIn(call: LiveCall): PhoneLeg | null {
  return legOfCall(phoneLegs.value, call.id)
}
