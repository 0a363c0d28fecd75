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
  failing: (detail: string) => `The machine can’t log in, and tries again by itself: ${detail}`,
}
