/** Host names that the whole Internet can look up: with a dot, and of no private kind (RFC 6762, RFC 8375, .internal). */
export function publicNames(names: readonly string[]): string[] {
  return names.filter(
    (name) => name.includes('.') && !/\.(local|localhost|internal|lan|home|arpa)$/i.test(name),
  )
}
