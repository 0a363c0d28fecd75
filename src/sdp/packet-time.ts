export const USUAL_PTIME_MS = 20

/** RFC 8866 §6.4: maxptime is a limit. Audio is cut into 10 ms, so it is rounded down to that. */
export function allowedPtime(wantedMs: number, maxPtimeMs: number | undefined): number {
  if (maxPtimeMs === undefined || maxPtimeMs >= wantedMs) return wantedMs
  return Math.max(10, Math.floor(maxPtimeMs / 10) * 10)
}
