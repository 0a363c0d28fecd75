/** What is wrong with ladders that are asked for: part of the catalogue in errors.ts. */
export const ladderErrors = {
  AP_LADDER_MISSING: {
    status: 404,
    message:
      'There is no ladder of {id}. It is written down a few seconds after a call has ended, and goes with the call.',
  },
} as const
