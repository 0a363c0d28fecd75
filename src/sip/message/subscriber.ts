import { parseTelUri } from './tel-uri.ts'
import { parseSipUri } from './uri.ts'

/** Visual separators carry no meaning (RFC 3966 §5.1.1), nor do the spaces that some write. */
const NUMBER = /^\+?[\d*#][\d*#\-.() ]*$/

/**
 * Whom a URI names: the number of a `tel:` URI, or the user part of a SIP URI. The parameters of a telephone number in
 * it (`+4930;phone-context=…`, RFC 3261 §19.1.6, RFC 4904) are not part of the name. Undefined when it names nobody.
 */
export function subscriberOf(uri: string): string | undefined {
  const tel = parseTelUri(uri)
  if (tel) return tel.number
  const [name = ''] = parseSipUri(uri)?.user?.split(';', 1) ?? []
  if (name === '') return undefined
  return NUMBER.test(name) ? name.replace(/[-.() ]/g, '') : name
}
