interface SpanNames {
  readonly seconds: (seconds: number) => string
  readonly minutes: (minutes: number) => string
  readonly zero: string
}

/** Lengths to choose from, in seconds, the one that is set among them; `zero` is what none means. */
export function spanOptions(
  offered: readonly number[],
  set: number,
  { seconds, minutes, zero }: SpanNames,
): readonly { readonly value: string; readonly name: string }[] {
  const name = (length: number) => {
    if (length === 0) return zero
    return length >= 60 && length % 60 === 0 ? minutes(length / 60) : seconds(length)
  }
  return [...new Set([...offered, set])]
    .sort((a, b) => a - b)
    .map((length) => ({ value: String(length), name: name(length) }))
}
