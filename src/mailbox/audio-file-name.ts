import type { Message } from '../store/model.ts'

/** A name that a person finds again, in local time: `2026-11-26 0815 Ruth.mp3`. */
export function audioFileName(
  { receivedAt, callerName, callerNumber }: Pick<Message, 'receivedAt' | 'callerName' | 'callerNumber'>,
  format: string,
): string {
  const at = new Date(receivedAt)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const caller = (callerName || callerNumber || 'unknown').replace(/[\p{C}"*/:<>?\\|]+/gu, '').slice(0, 60)
  return `${day} ${two(at.getHours())}${two(at.getMinutes())} ${caller.trim()}.${format}`
}
