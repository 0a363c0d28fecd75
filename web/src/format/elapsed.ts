import { clockTime } from '../../../src/shared/length.ts'

/** How much of something is over, as a display counts it: `0:07`, `12:30`. A second counts once it is over; for how long something is, see `formatLength`. */
export const formatElapsed = (ms: number): string => clockTime(Math.max(0, Math.floor(ms / 1000)))
