import type { Message } from '../../store/model.ts'

/** Whether a message holds nothing that anybody said: it is kept for who wants to look, and counts as hung up. */
export const saidNothing = ({ junkReason }: Pick<Message, 'junkReason'>): boolean =>
  junkReason === 'silence' || junkReason === 'tones'
