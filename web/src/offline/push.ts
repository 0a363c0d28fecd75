import type { PushState, PushSubscriptionInput } from '../../../src/api/contract.ts'
import { readPush, subscribe, unsubscribe } from '../api/push.ts'
import { language } from '../i18n/words.ts'

/** Why this browser can't be told, if it can't. */
export type PushObstacle =
  /** No secure connection, so no service worker. */
  | 'insecure'
  /** iOS tells installed apps only. */
  | 'install-first'
  | 'unsupported'
  /** Its user has said no to this page. */
  | 'denied'

export function pushObstacle(): PushObstacle | null {
  if (!window.isSecureContext) return 'insecure'
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window))
    return /iPhone|iPad|Macintosh.*Touch/.test(`${navigator.userAgent}${touches()}`) && !isInstalled()
      ? 'install-first'
      : 'unsupported'
  return Notification.permission === 'denied' ? 'denied' : null
}

/** An iPad says that it is a Macintosh. */
const touches = () => (navigator.maxTouchPoints > 1 ? ' Touch' : '')
const isInstalled = () => matchMedia('(display-mode: standalone)').matches

/** Asks the user, then the browser's push service, then the machine; null: the user has not said yes. */
export async function switchPushOn(publicKey: string): Promise<PushState | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  // Where the certificate is no real one there is none, and never will be.
  if (!(await navigator.serviceWorker.getRegistration())) throw new DOMException('no service worker')
  const { pushManager } = await navigator.serviceWorker.ready
  let subscription = await pushManager.getSubscription()
  // Of a machine whose keys were lost: nothing can be sent by it.
  if (subscription && keyOf(subscription) !== publicKey) {
    await subscription.unsubscribe()
    subscription = null
  }
  subscription ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
  const { endpoint, keys } = subscription.toJSON() as Pick<PushSubscriptionInput, 'endpoint' | 'keys'>
  return subscribe({ endpoint, keys, language: language.value })
}

export async function switchPushOff(): Promise<void> {
  await unsubscribe()
  const registration = await navigator.serviceWorker?.getRegistration()
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
}

/** A browser changes its subscription when it likes, and its user the language: the machine is told at each start. */
export async function renewPush(): Promise<void> {
  if (pushObstacle() !== null || Notification.permission !== 'granted') return
  const { pushManager } = await navigator.serviceWorker.ready
  if ((await pushManager.getSubscription()) === null) return
  const { publicKey } = await readPush()
  if (publicKey !== null) await switchPushOn(publicKey)
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer())
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
