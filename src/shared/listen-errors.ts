/** Why the machine can't be reached where it should listen: part of the catalogue in errors.ts. */
export const listenErrors = {
  AP_SIP_PORT_IN_USE: {
    status: 409,
    message:
      'Another program uses {protocol} port {port} on {address}. Stop it (`ss -lnup; ss -lntp` name it), or listen elsewhere with --sip HOST:PORT.',
  },
  AP_SIP_PORT_NOT_ALLOWED: {
    status: 403,
    message:
      'The system does not let this user listen on {protocol} port {port}. Ports below 1024 need a privilege: take a higher one with --sip HOST:PORT.',
  },
  AP_SIP_ADDRESS_NOT_OURS: {
    status: 400,
    message:
      'This machine has no address {address}. List its addresses with `ip addr` and name one with --sip HOST:PORT; 0.0.0.0 means all.',
  },
  AP_SIP_LISTEN_FAILED: {
    status: 500,
    message: 'Listening on {protocol} {address} port {port} failed: {why}.',
  },
  AP_HTTP_LISTEN_FAILED: {
    status: 500,
    message: 'Listening for HTTP on {address} failed: {why}. Choose another address with {flag} HOST:PORT.',
  },
  AP_CERTIFICATE_UNUSABLE: {
    status: 500,
    message:
      "The certificate {certFile} with the key {keyFile} can't be used: {why}. Give two PEM files that belong together and that this user may read.",
  },
} as const
