import type { ReadyMade } from './ready-made.ts'

/** Somebody claims a number that is not his (RFC 8224). */
export const wrongSignature: ReadyMade = {
  key: 'wrong-signature',
  name: { en: 'Forged numbers go to junk', de: 'Gefälschte Nummern kommen in den Spam' },
  when: [{ kind: 'attestation', not: false, is: ['wrong'] }],
  action: { kind: 'take', phones: [], junk: true },
}
