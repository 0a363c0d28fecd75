/**
 * Text as it may stand in an XML 1.0 document, in an element or in quotes. What XML can't hold at all (§2.2: controls,
 * lone surrogates) becomes U+FFFD; white space in an attribute stays what it is (§3.3.3).
 */
export function escapeXml(text: string): string {
  return text.toWellFormed().replace(/[&<>"'\p{Cc}\ufffe\uffff]/gu, escapeChar)
}

function escapeChar(char: string): string {
  return '&<>"\'\t\n\r'.includes(char) ? `&#${char.charCodeAt(0)};` : '\ufffd'
}
