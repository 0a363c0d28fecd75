import type { Problem } from './registration/facts.ts'

/** Node's and OpenSSL's codes for a certificate that will not do. */
const CERTIFICATE =
  /^(ERR_TLS_CERT|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/

/** Why a request could not be sent, for the owner. */
export function explainFailure(error: Error, server: string): Problem {
  const { code = error.message } = error as NodeJS.ErrnoException
  const detail = `${server}: ${CERTIFICATE.test(code) ? error.message : code}`
  return { code: CERTIFICATE.test(code) ? 'AP_REGISTRAR_UNSAFE' : 'AP_REGISTRAR_UNREACHABLE', detail }
}
