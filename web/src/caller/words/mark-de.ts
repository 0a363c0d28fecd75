import type { MarkWords } from './mark-words.ts'

export const de: MarkWords = {
  about: 'Wer rief an?',
  aboutNow: 'Wer ruft an?',
  aboutCaller: (caller) => `Wer rief an: ${caller}`,
  passed: (level) => (level === null ? 'geprüft' : `geprüft (${level})`),
  failed: 'Signatur ist falsch',
}
