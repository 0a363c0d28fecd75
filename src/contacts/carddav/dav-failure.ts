import type { ErrorCode } from '../../shared/errors.ts'

/** Why an account could not be read: a code of the catalogue, and what there is to say about it. */
export class DavFailure extends Error {
  readonly code: DavFailureCode
  readonly detail: string

  constructor(code: DavFailureCode, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options)
    this.name = 'DavFailure'
    this.code = code
    this.detail = detail
  }
}

export type DavFailureCode = Extract<ErrorCode, `AP_CARDDAV_${string}`>

/** What Node says of a certificate that it does not trust. */
const UNSAFE =
  /^(ERR_TLS_CERT|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/

/** What a socket threw, in terms of the catalogue. */
export function explainSocket(error: NodeJS.ErrnoException, host: string): DavFailure {
  const { code = '', message } = error
  const detail = `${host}: ${message || code}`
  return new DavFailure(
    UNSAFE.test(code) ? 'AP_CARDDAV_UNSAFE' : 'AP_CARDDAV_UNREACHABLE',
    detail.slice(0, LONGEST_DETAIL),
    { cause: error },
  )
}

/** What a status means that no address book answers with; undefined: it may be one of many places that are tried. */
export function explainStatus(status: number, host: string): DavFailure | undefined {
  if (status === 401 || status === 403)
    return new DavFailure('AP_CARDDAV_LOGIN_REFUSED', `${host} answers ${status}`)
  if (status === 429 || status >= 500) return new DavFailure('AP_CARDDAV_FAILED', `${host} answers ${status}`)
  return undefined
}

/** As much of what a server says is shown. */
export const LONGEST_DETAIL = 300
