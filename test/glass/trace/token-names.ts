/**
 * Gives random tokens names by what they are and the order in which they first came, so that two runs with other
 * tokens read alike, while one that comes twice, or is missing, or has another form, does not.
 */
export interface TokenNames {
  /** `<kind 1>`, `<kind 2>` …: the same value has the same name. */
  name(kind: string, value: string): string
  /** An RTP port that the machine draws, or the RTCP port above it: `<port 1>`, `<port 1>+1`. Others stay as they are. */
  port(value: number): string
  /** Counters that begin at random, one for each stream: how far they are from the first value, modulo 2^bits. */
  sinceFirst(kind: string, value: number, bits: 16 | 32): number
}

/** Session descriptions tell a port before anything comes from it, so that it is known by then. */
export function tokenNames(): TokenNames {
  const known = new Map<string, Map<string, string>>()
  const firsts = new Map<string, number>()
  const of = (kind: string) => {
    const names = known.get(kind) ?? new Map<string, string>()
    known.set(kind, names)
    return names
  }
  const name = (kind: string, value: string) => {
    const names = of(kind)
    const given = names.get(value) ?? `<${kind} ${names.size + 1}>`
    names.set(value, given)
    return given
  }
  return {
    name,
    port(value) {
      const ports = of('port')
      const given = ports.get(`${value}`)
      if (given) return given
      const below = ports.get(`${value - 1}`)
      return below ? `${below}+1` : `${value}`
    },
    sinceFirst(kind, value, bits) {
      const first = firsts.get(kind) ?? value
      firsts.set(kind, first)
      const difference = value - first
      return bits === 16 ? difference & 0xffff : difference >>> 0
    },
  }
}
