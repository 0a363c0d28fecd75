import type { ReadyMade } from './ready-made.ts'

/** In place of being refused. */
export const blockedToJunk: ReadyMade = {
  key: 'blocked-to-junk',
  name: {
    en: 'Blocked callers may leave a message, in junk',
    de: 'Gesperrte Anrufer dürfen in den Spam sprechen',
  },
  when: [{ kind: 'who', not: false, are: ['blocked'] }],
  action: { kind: 'take', phones: [], junk: true },
}
