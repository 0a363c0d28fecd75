import type { NotificationOrder } from './kept-names.ts'
import { obey } from './obey.ts'

/** Does what a notification was touched for, as the worker tells it. */
export function followNotifications(): void {
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<NotificationOrder>) =>
    obey(data),
  )
}
