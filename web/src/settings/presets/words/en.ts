/** The words of accounts at telephone systems and providers, in English. */
export const en = {
  from: 'Telephone system or provider',
  fromHint: 'Choose yours, and read what to do there.',
  choose: 'Choose …',
  steps: 'What to do',
  sources: 'Where that is written:',
  registrar: 'Server',
  registrarHint:
    'Where the machine logs in: a name or an address, with ;transport=tcp or ;transport=tls if need be.',
  user: 'User',
  userHint: 'Often the number, or the extension.',
  authUser: 'Login',
  authUserHint: 'The user name for the login, where it is another one than the user.',
  password: 'Password',
  passwordHint: 'It is kept on the machine, and never shown again.',
  passwordKept: 'It is kept. Leave this empty to keep it so.',
  account: 'Log in at a provider',
  save: 'Log in there',
  saved: (name: string) =>
    `Line ${name} logs in there now. See under Settings, Lines whether it gets through.`,
  states: { registering: 'Logging in …', registered: 'Logged in', failing: 'Can’t log in' },
  since: (since: string, server: string | null) => `Since ${since}${server === null ? '' : ` · ${server}`}`,
  triedAgain: 'It is tried again by itself. The last answer:',
  problems: {
    AP_REGISTRAR_NOT_FOUND: 'No server of this name is known. Is there a slip of the pen in it?',
    AP_REGISTRAR_NAME_UNKNOWN:
      'The server’s name could not be looked up. Is the machine connected to the network?',
    AP_REGISTRAR_SILENT:
      'Nothing comes back from the server. Often its port is another one, or a firewall is in the way: try ;transport=tcp after its name.',
    AP_REGISTRAR_UNREACHABLE: 'There is no connection to the server.',
    AP_REGISTRAR_UNSAFE:
      'The server’s certificate is not good for its name. Nothing was sent there, no password either.',
    AP_REGISTRAR_LOGIN_REFUSED:
      'User and password don’t fit. Many providers have another password for telephones, and some a login that is not the number.',
    AP_REGISTRAR_REFUSED:
      'The server does not want it. Usually there is no such user, or he may have no telephone.',
    AP_REGISTRAR_IN_TROUBLE: 'The server says that it can’t just now.',
  },
}
