/**
 * Holm's correction for many tests at once: which of the hypotheses are rejected, so that the probability of rejecting
 * even one that is true is at most `alpha`, however the tests depend on one another.
 */
export function rejectByHolm<Test extends { readonly p: number }>(
  tests: readonly Test[],
  alpha: number,
): readonly Test[] {
  const ordered = [...tests].sort((a, b) => a.p - b.p)
  const kept = ordered.findIndex(({ p }, index) => p > alpha / (tests.length - index))
  return kept === -1 ? ordered : ordered.slice(0, kept)
}
