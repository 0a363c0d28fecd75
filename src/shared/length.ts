/** Nothing is imported here: the page, which else knows nothing of the server, reads lengths by it, too. */

/**
 * How long a message, a greeting or a call has lasted, as people read it everywhere: `0:07`, `12:34`, `1:02:03`. Seconds
 * are rounded; what has any length at all is never `0:00` long.
 */
export const formatLength = (ms: number): string => clockTime(ms > 0 ? Math.max(1, Math.round(ms / 1000)) : 0)

/** Whole seconds, from 0, as a clock shows them. */
export function clockTime(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}
