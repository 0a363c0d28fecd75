import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { CallerHistory } from '../../../../src/api/contract.ts'
import { readCallerHistory } from '../../api/callers.ts'
import { pastCalls } from '../../state/calls.ts'
import { list } from '../../state/messages.ts'
import { reportFailure } from '../../state/report-failure.ts'

/** A caller's calls and messages as they are read, page by page; null before the first answer. Read again when there may be others. */
export function useHistory(key: string, typed: string) {
  const history = useSignal<CallerHistory | null>(null)
  const turn = useSignal<object>({})
  const read = async (before: CallerHistory | null) => {
    // Whatever is asked later overtakes this answer.
    const own = {}
    turn.value = own
    try {
      const next = await readCallerHistory(key, {
        q: typed.trim(),
        ...(before && { cursor: before.nextCursor }),
      })
      if (turn.peek() !== own) return
      history.value = before ? { ...next, entries: [...before.entries, ...next.entries] } : next
    } catch (error) {
      if (turn.peek() === own) reportFailure(error)
    }
  }
  useEffect(() => void read(null), [key, typed, list.value, pastCalls.value])
  const found = history.value
  return { history: found, readMore: async () => void (found?.nextCursor && (await read(found))) }
}
