import type { ReadyMade } from './ready-made.ts'

/** Recorded calls press no keys. Extensions are known, though they are in no list of contacts. */
export const gateKey: ReadyMade = {
  key: 'gate-key',
  name: {
    en: 'Strangers press a key before phones ring',
    de: 'Unbekannte drücken eine Taste, bevor es klingelt',
  },
  when: [
    { kind: 'who', not: false, are: ['stranger'] },
    { kind: 'who', not: true, are: ['internal'] },
  ],
  action: { kind: 'take', gate: { kind: 'key', digit: '5' } },
}
