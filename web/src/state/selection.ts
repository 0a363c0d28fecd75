import { signal } from '@preact/signals'
import { neighboursBetween } from './message-list.ts'
import { list } from './messages.ts'

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

/** Ticks all that are listed. */
export function selectListed(): void {
  selecting.value = true
  selected.value = new Set([...selected.value, ...list.value.messages.map(({ id }) => id)])
}
