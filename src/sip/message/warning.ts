/** A Warning in our words (RFC 3261 §20.43), for whoever looks into why it was refused. */
export const warningOf = (why: string): readonly [string, string] => [
  'Warning',
  `399 answerphone "${why.replaceAll('"', "'")}"`,
]
