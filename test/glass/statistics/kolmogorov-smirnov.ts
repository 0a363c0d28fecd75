/** The two-sample Kolmogorov–Smirnov statistic: the greatest distance between the two empirical distributions. */
export function ksDistance(one: readonly number[], other: readonly number[]): number {
  if ([...one, ...other].some(Number.isNaN)) throw new Error('not a number can be neither less nor more')
  const [a, b] = [one, other].map((sample) => [...sample].sort((x, y) => x - y)) as [number[], number[]]
  let distance = 0
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const value = Math.min(a[i] as number, b[j] as number)
    while (i < a.length && a[i] === value) i++
    while (j < b.length && b[j] === value) j++
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length))
  }
  return distance
}

/**
 * The probability of a distance at least this great between samples of these sizes from one continuous distribution:
 * exact, by counting the lattice paths from (0,0) to (n,m) that stay within it. With ties it is an upper bound, so that
 * a test on it is never too severe.
 */
export function ksProbability(distance: number, n: number, m: number): number {
  // Distances are multiples of 1/(n·m): half a step spares us the rounding of floating point.
  const within = (i: number, j: number) => Math.abs(i * m - j * n) < distance * n * m - 0.5
  /** Column j: the share of all paths to (i, j) that never left. A step comes from the left or from below. */
  let inside = Array.from({ length: m + 1 }, () => 0)
  for (let i = 0; i <= n; i++) {
    const next = Array.from({ length: m + 1 }, () => 0)
    for (let j = 0; j <= m; j++) {
      if (!within(i, j)) continue
      if (i === 0 && j === 0) next[j] = 1
      else {
        const fromLeft = i > 0 ? (inside[j] ?? 0) * (i / (i + j)) : 0
        const fromBelow = j > 0 ? (next[j - 1] ?? 0) * (j / (i + j)) : 0
        next[j] = fromLeft + fromBelow
      }
    }
    inside = next
  }
  return distance <= 0 ? 1 : Math.min(1, Math.max(0, 1 - (inside[m] ?? 0)))
}

/** The p-value of the hypothesis that both samples are from one distribution. */
export function ksTest(one: readonly number[], other: readonly number[]): number {
  return ksProbability(ksDistance(one, other), one.length, other.length)
}
