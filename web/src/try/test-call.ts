import { signal } from '@preact/signals'
import { measure } from '../levels/measure.ts'
import { closeMicrophone, openMicrophone } from '../phone/microphone.ts'
import { PhoneFailure } from '../phone/phone-failure.ts'
import { type Leg, openPhoneLine } from '../phone/phone-line.ts'
import { startRingback } from '../phone/ringback.ts'
import { openRecordedVoice, type RecordedVoice } from './recorded-voice.ts'

export type Voice = 'microphone' | 'recording'
export type CallState =
  | { readonly kind: 'idle'; readonly failure: string }
  | { readonly kind: 'calling' }
  | { readonly kind: 'talking'; readonly since: number }
  | { readonly kind: 'over'; readonly refused: boolean }

export const callState = signal<CallState>({ kind: 'idle', failure: '' })

/** How loud what the machine is told is: the peak of the last moment, 0 to 1. */
export const level = signal(0)

let leg: Leg | undefined
let recorded: RecordedVoice | undefined

/** Calls the line to which the link leads; it is used up when the connection stands. */
export async function startCall(token: string, line: string, voice: Voice): Promise<void> {
  if (callState.value.kind !== 'idle') return
  callState.value = { kind: 'calling' }
  let stream: MediaStream
  try {
    // The link is still good when there is no microphone.
    if (voice === 'recording') recorded = await openRecordedVoice()
    stream = recorded?.stream ?? (await openMicrophone())
  } catch (error) {
    callState.value = { kind: 'idle', failure: error instanceof PhoneFailure ? error.message : String(error) }
    return
  }
  const stopRinging = startRingback()
  const stopMeasuring = measure(stream, (peak) => {
    level.value = peak
  })
  let isOver = false
  const end = (refused: boolean) => {
    if (isOver) return
    isOver = true
    stopRinging()
    stopMeasuring()
    callState.value = { kind: 'over', refused }
    closeMicrophone(stream)
    recorded?.close()
    phone.close()
  }
  const phone = openPhoneLine({
    lent: {
      uri: `sip:test-call@${location.hostname}`,
      user: 'test-call',
      password: '',
      realm: '',
      expiresAt: '',
      websocket: `ws://${location.host}/sip/test?token=${encodeURIComponent(token)}`,
    },
    registers: false,
    onReady() {
      leg ??= phone.call(line, stream, {
        onConnected() {
          stopRinging()
          callState.value = { kind: 'talking', since: Date.now() }
        },
        onOver: (refusedWith) => end(refusedWith !== null),
      })
    },
    onLost: () => end(callState.value.kind === 'calling'),
    onRefused: () => end(true),
    onRinging: () => () => {},
    onHouseCall: () => () => {},
  })
}

export const hangUp = () => leg?.hangUp()
export const pressHash = () => leg?.press('#')
/** The recorded voice speaks: after the beep, when the caller says so. */
export const speak = () => recorded?.speak()
