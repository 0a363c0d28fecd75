import { AnswerphoneError } from './errors.ts'

/** Runs costly work, a few at a time; rejects with AP_TOO_MANY_ATTEMPTS when too many wait already. */
export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>

/** How long a client that found the queue full is told to wait, in seconds. */
const RETRY_SECONDS = 5

export function createGate(atOnce: number, mostWaiting: number): Gate {
  const waiting: (() => void)[] = []
  let running = 0

  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= mostWaiting)
        throw new AnswerphoneError('AP_TOO_MANY_ATTEMPTS', { seconds: RETRY_SECONDS })
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running++
    }
    try {
      return await work()
    } finally {
      // A place that falls free is handed on, never counted down and up again, so nobody slips in between.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
