/** The nearest value that 16-bit PCM can say. */
export const saturate = (value: number): number => Math.max(-32_768, Math.min(32_767, value))
