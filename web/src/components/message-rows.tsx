import { defaultRangeExtractor, type Range, type VirtualItem, type Virtualizer } from '@tanstack/virtual-core'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Message } from '../../../src/api/contract.ts'
import { formatDay } from '../format/moment.ts'
import { place as placeOnEarth, words } from '../i18n/words.ts'
import { countOf, type MessageList, messageAt, placeOf, shiftOf } from '../state/message-list.ts'
import { list, lookAt, wantedId } from '../state/messages.ts'
import { now } from '../state/now.ts'
import { MessageRow } from './message-row.tsx'
import { useWindowVirtualizer } from './use-window-virtualizer.ts'
import './message-rows.css'

/** A row's height before it is measured, in px: 4rem. */
const ROW = 64
/** How many rows are there above and below those in sight. */
const OVERSCAN = 8

/**
 * The rows in sight of a list as long as it may be. Each says which of how many it is, so that a screen reader knows the
 * whole list; the row that has the focus stays while the window is scrolled away from it, as far as the run goes.
 */
export function MessageRows() {
  const run = list.value
  const count = countOf(run)
  const { rows, top } = useTop()
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey: (place) => messageAt(run, place)?.id ?? place,
    rangeExtractor: withFocused,
  })
  const items = virtualizer.getVirtualItems()
  const seen = virtualizer.range
  useEffect(() => {
    if (seen) void lookAt(seen.startIndex, seen.endIndex)
  }, [run, seen?.startIndex, seen?.endIndex])
  useStill(virtualizer, run)
  useWanted(virtualizer)

  return (
    <>
      <DayInSight at={seen?.startIndex ?? 0} />
      <ul
        ref={rows}
        class="rows"
        aria-label={words.value.nav.messages}
        style={{ blockSize: `${virtualizer.getTotalSize()}px` }}
      >
        {items.map((item) => (
          <Slot
            key={item.key}
            item={item}
            top={top}
            size={run.more && run.total === null ? -1 : count}
            virtualizer={virtualizer}
          />
        ))}
      </ul>
    </>
  )
}

/** The day of the topmost row, once its heading has gone out of sight. A screen reader has the headings themselves. */
function DayInSight({ at }: { readonly at: number }) {
  const message = messageAt(list.value, at)
  if (!message || at === 0 || dayBegunAt(list.value, at) !== null) return null
  return (
    <div class="rows-day" aria-hidden="true">
      <span>{dayOf(message)}</span>
    </div>
  )
}

interface SlotProps {
  readonly item: VirtualItem
  readonly top: number
  /** How many rows there are in all; -1: nobody knows. */
  readonly size: number
  readonly virtualizer: Virtualizer<Window, HTMLElement>
}

/** The place of one message, with the heading of its day above the first of it; empty until it is read. */
function Slot({ item, top, size, virtualizer }: SlotProps) {
  const message = messageAt(list.value, item.index)
  const day = dayBegunAt(list.value, item.index)
  return (
    <li
      ref={virtualizer.measureElement}
      class={day === null ? 'slot' : 'slot slot-of-day'}
      data-index={item.index}
      aria-setsize={size}
      aria-posinset={item.index + 1}
      style={{ transform: `translateY(${item.start - top}px)` }}
    >
      {day !== null && <h2 class="day-heading">{day}</h2>}
      {message ? <MessageRow message={message} /> : <div class="slot-waiting" />}
    </li>
  )
}

/** The heading of the day, where the message at this place is the first of it. */
function dayBegunAt(run: MessageList, at: number): string | null {
  const message = messageAt(run, at)
  const above = messageAt(run, at - 1)
  if (!message || (at > 0 && !above)) return null
  const own = dayOf(message)
  return above && own === dayOf(above) ? null : own
}

const dayOf = ({ receivedAt }: Message) => formatDay(receivedAt, now.value, placeOnEarth.value)

/** The rows that are to be there, and with them the one that has the focus. */
function withFocused(range: Range): number[] {
  const places = defaultRangeExtractor(range)
  const id = document.activeElement?.closest<HTMLElement>('[data-message]')?.dataset['message']
  const focused = id === undefined ? -1 : placeOf(list.value, id)
  if (focused < 0 || places.includes(focused)) return places
  return [...places, focused].sort((one, other) => one - other)
}

/** Where the list begins on the page: what is above it comes and goes. */
function useTop() {
  const rows = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () =>
      setTop(Math.round((rows.current?.getBoundingClientRect().top ?? 0) + window.scrollY))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  return { rows, top }
}

/** What is looked at stays where it is while messages come and go above it. */
function useStill(virtualizer: Virtualizer<Window, HTMLElement>, run: MessageList): void {
  const before = useRef(run)
  useLayoutEffect(() => {
    const first = virtualizer.range?.startIndex ?? 0
    const shift = first > 0 ? shiftOf(before.current, run, first) : 0
    before.current = run
    if (shift !== 0) window.scrollBy({ top: shift * ROW, behavior: 'instant' })
  }, [run])
}

/** Brings the row that is wanted into sight, and the focus to it as soon as it is there. */
function useWanted(virtualizer: Virtualizer<Window, HTMLElement>): void {
  const id = wantedId.value
  useLayoutEffect(() => {
    if (id === null) return
    const row = document.getElementById(`message-${id}`)
    const at = placeOf(list.value, id)
    if (row) {
      row.focus({ preventScroll: true })
      row.scrollIntoView({ block: 'nearest' })
    } else if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' })
    if (row || at < 0) wantedId.value = null
  })
}
