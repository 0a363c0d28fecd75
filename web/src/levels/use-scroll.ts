import { type ReadonlySignal, useSignalEffect } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** Px per ms at which bars of this pitch move on, 100 ms each. */
const SPEED_OF = (pitch: number) => pitch / 100

/**
 * Lets a strip glide to the left by `pitch` px for each level, evenly although they come by a network: a new one puts
 * the strip back by its width, and from there it catches up, the faster the farther it is behind.
 */
export function useScroll(
  peaks: ReadonlySignal<readonly number[]>,
  pitch: number,
): RefObject<SVGPathElement | null> {
  const strip = useRef<SVGPathElement>(null)
  const behind = useRef(0)
  useSignalEffect(() => {
    if (peaks.value.length > 0) behind.current = Math.min(behind.current + pitch, 4 * pitch)
  })
  useEffect(() => {
    let last = performance.now()
    let frame = requestAnimationFrame(function move(now) {
      const speed = SPEED_OF(pitch) * (0.5 + behind.current / pitch)
      behind.current = Math.max(0, behind.current - speed * (now - last))
      last = now
      strip.current?.setAttribute('transform', `translate(${behind.current.toFixed(2)})`)
      frame = requestAnimationFrame(move)
    })
    return () => cancelAnimationFrame(frame)
  }, [pitch])
  return strip
}
