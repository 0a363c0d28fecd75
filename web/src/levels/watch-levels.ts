import type { Level } from '../../../src/api/contract.ts'

/** What the machine tells on one stream; a page that shows more calls watches the first. */
const MOST_CALLS = 8

const watchers = new Map<string, (peak: number) => void>()
let source: EventSource | undefined

/**
 * Tells how loud the caller is, from 0 to 1 (full scale), each 100 ms until the returned function is called. One stream for
 * all calls (browsers open few connections), and only while the page is seen: nothing is measured for a hidden one.
 */
export function watchLevels(callId: string, onPeak: (peak: number) => void): () => void {
  if (watchers.size === 0) document.addEventListener('visibilitychange', open)
  watchers.set(callId, onPeak)
  open()
  return () => {
    watchers.delete(callId)
    if (watchers.size === 0) document.removeEventListener('visibilitychange', open)
    open()
  }
}

function open(): void {
  source?.close()
  source = undefined
  if (watchers.size === 0 || document.hidden) return
  const calls = [...watchers.keys()].slice(0, MOST_CALLS)
  // It comes back by itself after a lost connection, and gives up for good when the messages are over.
  source = new EventSource(`/api/v1/levels?calls=${calls.join(',')}`)
  source.addEventListener('level', ({ data }: MessageEvent<string>) => {
    const { callId, peak } = JSON.parse(data) as Level
    watchers.get(callId)?.(peak)
  })
}
