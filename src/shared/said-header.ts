/** The headers in which a line says something of who is calling. */
export const SAID_HEADERS = [
  'From',
  'P-Asserted-Identity',
  'Remote-Party-ID',
  'Privacy',
  'Diversion',
  'History-Info',
  'Call-Info',
] as const
export type SaidHeaderName = (typeof SAID_HEADERS)[number]

/** What a line said in one of them, for the owner to read. */
export interface SaidHeader {
  readonly header: SaidHeaderName
  /** As it stood there, cut where it is endless. */
  readonly value: string
  /** Whom it names; null where it names nobody, or nobody is to know. */
  readonly number: string | null
  readonly name: string | null
  /** Why calls are sent on, of a diversion; null else. */
  readonly reason: string | null
}
