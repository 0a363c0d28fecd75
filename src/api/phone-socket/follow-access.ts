import type { Clock, Timer } from '../../shared/clock.ts'
import type { WebSocketLike } from '../../shared/web-socket.ts'
import type { Store } from '../../store/store.ts'

/** Open WebSockets, each as long as whoever opened it may. */
export interface FollowedSockets {
  /** `isStillAllowed` is asked whenever somebody's access may have ended. */
  add(socket: WebSocketLike, isStillAllowed: () => Promise<boolean>): void
  /** Closes all. */
  close(): void
}

/** What says who may connect. */
const ACCESS_TABLES = ['sessions', 'tokens', 'users']
/** For what ends by itself. */
const LOOK_EVERY_MS = 60_000
/** RFC 6455 §7.4.1. */
const POLICY_VIOLATION = 1008

export function followAccess({
  store,
  clock,
}: {
  readonly store: Pick<Store, 'onChange'>
  readonly clock: Clock
}): FollowedSockets {
  const open = new Map<WebSocketLike, () => Promise<boolean>>()
  let timer: Timer | undefined

  function look(): void {
    for (const [socket, isStillAllowed] of open) {
      const letGo = () => open.has(socket) && socket.close(POLICY_VIOLATION)
      isStillAllowed().then((allowed) => allowed || letGo(), letGo)
    }
  }
  function lookAgain(): void {
    timer = clock.setTimer(LOOK_EVERY_MS, () => {
      look()
      lookAgain()
    })
  }
  const stopFollowing = store.onChange((tables) => {
    if (tables.size === 0 || ACCESS_TABLES.some((table) => tables.has(table))) look()
  })

  return {
    add(socket, isStillAllowed) {
      if (open.size === 0) lookAgain()
      open.set(socket, isStillAllowed)
      socket.on('close', () => {
        open.delete(socket)
        if (open.size === 0) timer?.cancel()
      })
    },
    close() {
      stopFollowing()
      timer?.cancel()
      for (const socket of open.keys()) socket.terminate()
    },
  }
}
