/** What of a call was encrypted on its way between the caller's side and us; what lies beyond it nobody here can see. */
export const ENCRYPTED = ['neither', 'signalling', 'sound', 'both'] as const
export type Encrypted = (typeof ENCRYPTED)[number]

export function encryptedOf(signalling: boolean, sound: boolean): Encrypted {
  if (signalling) return sound ? 'both' : 'signalling'
  return sound ? 'sound' : 'neither'
}
