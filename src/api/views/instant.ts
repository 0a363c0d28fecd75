/** An instant (ms since the Unix epoch) as the API writes it: ISO 8601 in UTC. */
export function iso(at: number): string {
  return new Date(at).toISOString()
}

/** As `iso`, for an instant that may not have come. */
export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at)
}
