import { signal } from '@preact/signals'
import { listMessages } from '../api/messages.ts'
import { neighboursBetween } from './message-list.ts'
import { LONGEST_PAGE, list, query } from './messages.ts'
import { reportFailure } from './report-failure.ts'

/** More are not selected by one press: what is done to them is done in some seconds. */
export const MOST_SELECTED = 1000

/** Whether messages are being selected: each row is then a box to be ticked. */
export const selecting = signal(false)

/** Ids of those that are. They stay selected while the list is searched. */
export const selected = signal<ReadonlySet<string>>(new Set())

/** From where a range reaches: the one that was ticked last. */
let anchor: string | null = null

export function startSelecting(): void {
  selecting.value = true
}

export function stopSelecting(): void {
  selecting.value = false
  selected.value = new Set()
  anchor = null
}

/** Ticks the message, or takes the tick away. */
export function toggleSelected(id: string): void {
  selecting.value = true
  anchor = id
  const next = new Set(selected.value)
  if (!next.delete(id)) next.add(id)
  selected.value = next
}

/** Ticks all from the one ticked last, or from `start` where none was, to this one. */
export function selectTo(id: string, start: string | null): void {
  selecting.value = true
  selected.value = new Set([...selected.value, ...neighboursBetween(list.value, anchor ?? start, id)])
  anchor = id
}

/** Ticks all that are listed, the newest of them where there are more than can be selected; also those that are not in sight. */
export async function selectAll(): Promise<void> {
  selecting.value = true
  const ids: string[] = []
  try {
    for (let more = true; more && ids.length < MOST_SELECTED; ) {
      const page = await listMessages(query.value, ids.length, LONGEST_PAGE)
      ids.push(...page.messages.map(({ id }) => id))
      more = page.nextCursor !== null
    }
    if (selecting.value) selected.value = new Set([...selected.value, ...ids])
  } catch (error) {
    reportFailure(error)
  }
}
