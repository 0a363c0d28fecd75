import type { SpamHint } from '../../rules/caller-facts.ts'

/** How networks and apps write their suspicion into the name. */
const SPAM_NAME = /^[^\p{L}]*(?:(?:potential|suspected|likely|possible)\s+)?(?:spam|scam|fraud|robocall)\b/iu
/** draft-ietf-sipcore-callinfo-spam-03 §5: 0 to 100, the likelihood. */
const SPAM_PARAMETER = /;\s*spam\s*=\s*(\d{1,3})(?!\d)/i
const LIKELY = 50

/** Signs that somebody along the way takes the call for spam. */
export function spamHints(name: string | null, callInfo: readonly string[]): readonly SpamHint[] {
  const isRated = callInfo.some((value) => Number(SPAM_PARAMETER.exec(value)?.[1] ?? 0) >= LIKELY)
  return [
    ...(name !== null && SPAM_NAME.test(name) ? (['name'] as const) : []),
    ...(isRated ? (['call-info'] as const) : []),
  ]
}
