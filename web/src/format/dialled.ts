const PHONE_NAME = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/
/** Digits as the machine takes them, and codes such as *8 (src/owner/dialled.ts). */
const NUMBER = /^\+?[0-9*]{2,20}$/

/** What was typed, as it is dialled: a number without the signs that people put into it, or a phone's name; null: neither. */
export function readDialled(text: string): string | null {
  const trimmed = text.trim()
  if (PHONE_NAME.test(trimmed)) return trimmed
  const number = trimmed.replace(/\(0\)(?=.)/, trimmed.startsWith('+') ? '' : '0').replace(/[-./() ]/g, '')
  return NUMBER.test(number) ? number : null
}
