import {
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  type VirtualizerOptions,
  windowScroll,
} from '@tanstack/virtual-core'
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks'

type Options = Pick<VirtualizerOptions<Window, HTMLElement>, 'count' | 'estimateSize'> &
  Partial<VirtualizerOptions<Window, HTMLElement>>

/** The rows of a list that the window scrolls, of which only those in sight are there; the component is rendered as they change. */
export function useWindowVirtualizer(options: Options): Virtualizer<Window, HTMLElement> {
  const [, renderAgain] = useReducer((turn: number) => turn + 1, 0)
  const kept = useRef<Virtualizer<Window, HTMLElement> | undefined>(undefined)
  const all = {
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    initialOffset: () => window.scrollY,
    onChange: () => renderAgain(0),
    ...options,
  }
  kept.current ??= new Virtualizer(all)
  const virtualizer = kept.current
  virtualizer.setOptions(all)
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer])
  useLayoutEffect(() => virtualizer._willUpdate())
  return virtualizer
}
