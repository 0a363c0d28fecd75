/** A host as it stands before a port or in a URI: an IPv6 address in brackets (RFC 3986 §3.2.2). */
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)
