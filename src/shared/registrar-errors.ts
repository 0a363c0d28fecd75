/** Why a line is not registered, or not heard: part of the catalogue in errors.ts. `{detail}` is the server and what it said. */
export const registrarErrors = {
  AP_ADDRESS_HIDDEN: {
    status: 500,
    message:
      'Callers from {peer} are told to send their sound to {address}, which nobody outside can reach. Say --public-address ADDRESS: the address that the world sees; in a container at home, that of its host.',
  },
  AP_STUN_SILENT: {
    status: 504,
    message:
      'The STUN server {server} does not answer. Check its name and port, and whether a firewall lets UDP through. What it said last holds.',
  },
  AP_REGISTRAR_NOT_FOUND: {
    status: 502,
    message:
      'There is no server at {detail}. Check the registrar of the line for a slip of the pen, and the transport.',
  },
  AP_REGISTRAR_NAME_UNKNOWN: {
    status: 502,
    message: 'No name server could be asked for {detail}. Check the network and its name servers.',
  },
  AP_REGISTRAR_SILENT: {
    status: 504,
    message:
      'The registrar does not answer ({detail}). Check its address and the transport, and whether a firewall is between.',
  },
  AP_REGISTRAR_UNREACHABLE: {
    status: 502,
    message: "The registrar can't be reached ({detail}). Check its address, its port and the transport.",
  },
  AP_REGISTRAR_UNSAFE: {
    status: 502,
    message:
      "The registrar's certificate is not to be trusted ({detail}). Write the registrar as its certificate names it; its authority must be one that this system trusts.",
  },
  AP_REGISTRAR_LOGIN_REFUSED: {
    status: 502,
    message:
      'The registrar refuses the login ({detail}). Check user and password; some providers have another user name for the login (--auth-user).',
  },
  AP_REGISTRAR_REFUSED: {
    status: 502,
    message: 'The registrar refuses the registration ({detail}). Check the user; ask the provider.',
  },
  AP_REGISTRAR_IN_TROUBLE: {
    status: 503,
    message: 'The registrar has trouble of its own ({detail}). It is tried again by itself.',
  },
} as const
