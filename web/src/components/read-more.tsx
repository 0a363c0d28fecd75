import { useEffect, useRef } from 'preact/hooks'
import { words } from '../i18n/words.ts'
import { Waiting } from './waiting.tsx'

/** Stands at the end of a list and reads on when it comes near the window. */
export function ReadMore({ read }: { readonly read: () => Promise<void> }) {
  const end = useRef<HTMLDivElement>(null)
  // A fresh observer after every render reports at once, so a page that did not fill the window is followed by another.
  useEffect(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void read()
      },
      { rootMargin: '600px' },
    )
    if (end.current) observer.observe(end.current)
    return () => observer.disconnect()
  })
  return (
    <div ref={end}>
      <Waiting text={words.value.messages.loading} />
    </div>
  )
}
