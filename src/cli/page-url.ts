import { ownAddress } from './own-address.ts'

/** The address to open in a browser for a HOST:PORT that the page is served at; all addresses means one of ours. */
export function pageUrl(hostPort: string): string {
  const host = hostPort.slice(0, hostPort.lastIndexOf(':'))
  const port = hostPort.slice(hostPort.lastIndexOf(':') + 1)
  return `http://${host === '0.0.0.0' || host === '[::]' ? ownAddress() : host}:${port}/`
}
