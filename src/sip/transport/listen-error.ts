import { AnswerphoneError, type ErrorCode } from '../../shared/errors.ts'

const CODES: Record<string, ErrorCode> = {
  EADDRINUSE: 'AP_SIP_PORT_IN_USE',
  EACCES: 'AP_SIP_PORT_NOT_ALLOWED',
  EADDRNOTAVAIL: 'AP_SIP_ADDRESS_NOT_OURS',
}

/** Says in the words of the catalogue why a socket could not be bound, and what to do. */
export function listenError(
  cause: NodeJS.ErrnoException,
  protocol: 'UDP' | 'TCP' | 'TLS',
  address: string,
  port: number,
): AnswerphoneError {
  const code = CODES[cause.code ?? ''] ?? 'AP_SIP_LISTEN_FAILED'
  return new AnswerphoneError(code, { protocol, address, port, why: cause.message }, { cause })
}
