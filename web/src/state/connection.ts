import { signal } from '@preact/signals'
import type { ApiEvent, LiveCall } from '../../../src/api/contract.ts'
import { type EventStream, openEvents } from '../api/events.ts'
import { callerTitle } from '../format/caller.ts'
import { words } from '../i18n/words.ts'
import { announce } from './announcement.ts'
import { liveCalls, noteChange, refreshCalls } from './calls.ts'
import { health, refreshHealth } from './health.ts'
import { afterEvent } from './live-call-list.ts'
import { refreshMessages } from './messages.ts'
import { refreshSession } from './session.ts'

/** Whether the machine's events reach the page. */
export const connection = signal<'opening' | 'open' | 'lost'>('opening')

let stream: EventStream | undefined

/** Follows the machine for as long as someone is logged in. */
export function connect(): void {
  stream ??= openEvents({
    onEvent: takeIn,
    onOpen() {
      connection.value = 'open'
      void refreshAll()
    },
    onLost() {
      connection.value = 'lost'
      // An event stream can't say why it broke; the session can tell a login that ran out from a machine that is off.
      refreshSession().catch(() => {})
    },
  })
}

export function disconnect(): void {
  stream?.close()
  stream = undefined
  connection.value = 'opening'
}

export const reconnectNow = () => stream?.retryNow()

function refreshAll(): Promise<unknown> {
  return Promise.all([refreshMessages(), refreshCalls(), refreshHealth()])
}

function takeIn(event: ApiEvent): void {
  const before = liveCalls.value
  liveCalls.value = afterEvent(before, event)
  if (liveCalls.value !== before) noteChange()
  switch (event.kind) {
    case 'call-changed':
      announceCall(
        event.call,
        before.find(({ id }) => id === event.call.id),
      )
      return
    case 'call-ended':
      void refreshCalls()
      return
    case 'message-added':
      announce(words.value.live.announceMessage(callerTitle(event.message, words.value)))
      void refreshMessages()
      return
    case 'messages-changed':
      void refreshMessages()
      return
    case 'health-changed':
      health.value = event.health
  }
}

function announceCall(call: LiveCall, before: LiveCall | undefined): void {
  if (call.phase === before?.phase) return
  const { live } = words.value
  const caller = callerTitle(call, words.value)
  if (call.phase === 'ringing') announce(live.announceRinging(caller, call.line))
  if (call.phase === 'recording') announce(live.announceRecording(caller))
}
