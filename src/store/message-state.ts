/**
 * How a message stands. Deleted ones are in the trash until they are purged. What is junk lights no lamp and is told to
 * nobody, heard or not.
 */
export type MessageState = 'new' | 'heard' | 'junk' | 'trash'

/** What can be done with many messages at once. */
export type BatchAct = 'heard' | 'new' | 'junk' | 'not-junk' | 'trash' | 'restore' | 'purge'

/**
 * What a machine is known by: the tones of a fax machine; nothing but silence or the line's noise; nothing but tones of the
 * exchange; a recording that is played over and over.
 */
export const JUNK_REASONS = ['fax', 'silence', 'tones', 'recorded'] as const
export type JunkReason = (typeof JUNK_REASONS)[number]
