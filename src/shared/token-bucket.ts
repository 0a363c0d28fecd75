/** Tokens that fill up again with time: how often something may be done. */
export interface TokenBucket {
  readonly tokens: number
  /** When there were that many; ms. */
  readonly at: number
}

export interface BucketSize {
  /** How many there are at most, and at first. */
  readonly burst: number
  readonly perSecond: number
}

/** What is in a bucket at this instant; a new one is full. */
export function tokensIn(
  bucket: TokenBucket | undefined,
  at: number,
  { burst, perSecond }: BucketSize,
): number {
  if (!bucket) return burst
  return Math.min(burst, bucket.tokens + (Math.max(at - bucket.at, 0) / 1000) * perSecond)
}

/** Takes a token; what is left is never less than nothing. */
export function takeToken(bucket: TokenBucket | undefined, at: number, size: BucketSize): TokenBucket {
  return { tokens: Math.max(tokensIn(bucket, at, size) - 1, 0), at }
}
