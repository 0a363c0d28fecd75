/** One NAPTR record (RFC 3403 §4.1), as far as SIP uses it (RFC 3263 §4.1). */
export interface NaptrRecord {
  readonly order: number
  readonly preference: number
  /** Like `SIP+D2U`. */
  readonly service: string
  /** The name of SRV records. */
  readonly replacement: string
}

/** One SRV record (RFC 2782). */
export interface SrvRecord {
  readonly name: string
  readonly port: number
  readonly priority: number
  readonly weight: number
}

/**
 * What the name servers say. An empty list is their word that there is nothing; each rejects where they can't be asked,
 * which says nothing about the name.
 */
export interface NameRecords {
  naptr(name: string): Promise<readonly NaptrRecord[]>
  srv(name: string): Promise<readonly SrvRecord[]>
  /** IPv4 and IPv6 addresses, the preferred first. */
  addresses(name: string): Promise<readonly string[]>
}
