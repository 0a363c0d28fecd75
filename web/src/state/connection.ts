import { signal } from '@preact/signals'
import type { ApiEvent, LiveCall } from '../../../src/api/contract.ts'
import { type EventStream, openEvents } from '../api/events.ts'
import { keptAt } from '../api/kept-at.ts'
import { callerTitle } from '../format/caller.ts'
import { words } from '../i18n/words.ts'
import { announce } from './announcement.ts'
import { forgetCalls, liveCalls, noteChange, refreshCalls } from './calls.ts'
import { fills, refreshFills } from './fills.ts'
import { health, refreshHealth } from './health.ts'
import { lineChanges } from './house-changes.ts'
import { afterEvent } from './live-call-list.ts'
import { forgetMessages, list, refreshMessages } from './messages.ts'
import { refreshSession, session } from './session.ts'
import { refreshSwitches, switches } from './switches.ts'

/** Whether the machine's events reach the page. */
export const connection = signal<'opening' | 'open' | 'lost'>('opening')

let stream: EventStream | undefined

/** Follows the machine for as long as someone is logged in. */
export function connect(): void {
  stream ??= openEvents({
    onEvent: takeIn,
    onOpen() {
      connection.value = 'open'
      // A session that was kept has no token for what the page may now do again.
      if (session.value?.csrfToken === null) void refreshSession().catch(() => {})
      void refreshAll()
      lineChanges.value += 1
    },
    onLost() {
      connection.value = 'lost'
      // An event stream can't say why it broke; the session can tell a login that ran out from a machine that is off.
      refreshSession().then(
        () => {
          // Started without the machine: what was kept is shown.
          if (keptAt.value !== null && !list.value.read) void refreshAll()
        },
        () => {},
      )
    },
  })
}

export function disconnect(): void {
  stream?.close()
  stream = undefined
  connection.value = 'opening'
  forgetMessages()
  forgetCalls()
}

export const reconnectNow = () => stream?.retryNow()

/** Reads again all that is shown. */
export function refreshAll(): Promise<unknown> {
  return Promise.all([refreshMessages(), refreshCalls(), refreshHealth(), refreshSwitches(), refreshFills()])
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
    case 'contacts-changed':
      void Promise.all([refreshMessages(), refreshCalls()])
      return
    case 'lines-changed':
      lineChanges.value += 1
      return
    case 'health-changed':
      health.value = event.health
      // A database that takes rows again has the calls that ended meanwhile.
      void refreshCalls()
      return
    case 'fills-changed':
      fills.value = event.fills
      return
    case 'switches-changed':
      switches.value = event.switches
  }
}

function announceCall(call: LiveCall, before: LiveCall | undefined): void {
  if (call.phase === before?.phase) return
  const { live } = words.value
  const caller = callerTitle(call, words.value)
  if (call.phase === 'ringing') announce(live.announceRinging(caller, call.line))
  if (call.phase === 'recording') announce(live.announceRecording(caller))
}
