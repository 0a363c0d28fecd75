import type { Clock, Timer } from './clock.ts'

/**
 * Does something after `firstMs`, and again and again until it is disposed of. Each time says, in ms, how long after its
 * end the next begins; it must not reject.
 */
export function repeat(clock: Clock, firstMs: number, act: () => Promise<number>): Disposable {
  let timer: Timer | undefined
  const arm = (delayMs: number) => {
    timer = clock.setTimer(delayMs, async () => {
      const nextMs = await act()
      if (timer) arm(nextMs)
    })
  }
  arm(firstMs)
  return {
    [Symbol.dispose]() {
      timer?.cancel()
      timer = undefined
    },
  }
}
