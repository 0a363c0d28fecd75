/** A length as people read it on a display: `0:07`, `12:30`, `1:02:03`. Whole seconds, rounded down. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const rest = String(seconds % 60).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${rest}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}

/** A length of at least one second when there is any sound at all: a message is never "0:00" long. */
export const formatLength = (ms: number) => formatDuration(ms > 0 ? Math.max(ms, 1000) : 0)
