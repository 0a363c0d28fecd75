/**
 * What the endpoint says of itself, to callers and phones alike: constants, so that a caller learns nothing of the owner's
 * side.
 */
export const CAPABILITIES = {
  methods: ['REGISTER', 'SUBSCRIBE', 'NOTIFY', 'REFER'],
  extensions: ['replaces', 'join', 'path', 'outbound'],
  eventPackages: ['message-summary', 'dialog'],
} as const
