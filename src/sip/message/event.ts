import type { SipMessage } from './message.ts'
import { parseParams } from './params.ts'
import { isToken } from './token.ts'
import { trimLws } from './wire-text.ts'

/** The value of Event (RFC 6665 §8.2.1). */
export interface EventName {
  /** The package as it was written: it is echoed byte for byte. */
  readonly package: string
  readonly id: string | undefined
}

/** Which event a SUBSCRIBE or NOTIFY is about; undefined without one, with several, and when it is broken. */
export function eventOf({ headers }: Pick<SipMessage, 'headers'>): EventName | undefined {
  const values = headers.values('Event')
  const [value = ''] = values
  const semicolon = value.indexOf(';')
  const name = trimLws(semicolon === -1 ? value : value.slice(0, semicolon))
  const params = parseParams(value, semicolon === -1 ? value.length : semicolon)
  if (values.length !== 1 || !isToken(name) || params === undefined) return undefined
  return { package: name, id: params.get('id') }
}

/** Writes it. */
export function formatEvent({ package: name, id }: EventName): string {
  return id === undefined ? name : `${name};id=${id}`
}
