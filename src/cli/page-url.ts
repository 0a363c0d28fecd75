import { ownAddress } from './own-address.ts'

/**
 * The address to open in a browser for the HOST:PORT that the page is served at, by HTTPS where it is; all addresses
 * means one of ours.
 */
export function pageUrl({
  http,
  https,
}: {
  readonly http: string
  readonly https?: string | undefined
}): string {
  const hostPort = https ?? http
  const host = hostPort.slice(0, hostPort.lastIndexOf(':'))
  const port = hostPort.slice(hostPort.lastIndexOf(':') + 1)
  const scheme = https === undefined ? 'http' : 'https'
  return `${scheme}://${host === '0.0.0.0' || host === '[::]' ? ownAddress() : host}:${port}/`
}
