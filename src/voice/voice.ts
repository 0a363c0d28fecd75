import type { Language } from '../shared/language.ts'

/** A voice that reads texts aloud. */
export interface Voice {
  /** A text in this language as WAV, 16-bit mono at the voice's own rate. Rejects with AP_VOICE_FAILED and the reason. */
  speak(text: string, language: Language): Promise<Buffer>
}
