import { effect } from '@preact/signals'
import { findMessage } from '../api/messages.ts'
import { words } from '../i18n/words.ts'
import { liveCalls, pastCalls } from '../state/calls.ts'
import { openId, showAll } from '../state/messages.ts'
import { pickUp } from '../state/phone.ts'
import { playMessage } from '../state/player.ts'
import { reportFailure } from '../state/report-failure.ts'
import { replaceRoute } from '../state/route.ts'
import { showToast } from '../state/toasts.ts'
import type { NotificationOrder } from './kept-names.ts'

/** Does what a notification was touched for, or a link in a mail. */
export function obey({ act, id }: NotificationOrder): void {
  replaceRoute('#/messages')
  if (act === 'pick-up') takeCall(id)
  else void showMessage(id, act === 'play').catch(reportFailure)
}

/** Once it is known which calls go on. */
function takeCall(id: string): void {
  let done = false
  const stop = effect(() => {
    if (done || pastCalls.value === null) return
    done = true
    const call = liveCalls.value.find((live) => live.id === id)
    if (call) void pickUp(call)
    else showToast({ text: words.value.phone.over, tone: 'failed' })
    queueMicrotask(() => stop())
  })
}

async function showMessage(id: string, plays: boolean): Promise<void> {
  const message = await findMessage(id)
  if (!message) return
  showAll(message.state === 'trash' ? 'trash' : 'all')
  openId.value = id
  if (plays) playMessage(message)
}
