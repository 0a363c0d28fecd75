/** The word that was meant, if one of these is near enough: a letter or two too many, missing, other or swapped. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const most = Math.min(3, Math.ceil(word.length / 3))
  const ranked = known
    .map((one) => ({ one, far: distance(word.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)
  const [best] = ranked
  return best && best.far <= most ? best.one : undefined
}

/** How many letters have to be put in, taken out, or made others (Levenshtein). */
function distance(a: string, b: string): number {
  let row = [...Array(b.length + 1).keys()]
  for (const [at, letter] of [...a.slice(0, 64)].entries()) {
    const above = row
    row = [at + 1]
    for (let to = 1; to <= b.length; to++) {
      const other = (above[to - 1] ?? 0) + (letter === b[to - 1] ? 0 : 1)
      row.push(Math.min(other, (above[to] ?? 0) + 1, (row[to - 1] ?? 0) + 1))
    }
  }
  return row.at(-1) ?? 0
}
