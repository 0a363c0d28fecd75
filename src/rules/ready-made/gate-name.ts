import type { ReadyMade } from './ready-made.ts'

/** Who it is can be heard before the call is taken. Extensions are known, though they are in no list of contacts. */
export const gateName: ReadyMade = {
  key: 'gate-name',
  name: {
    en: 'Strangers say their name before phones ring',
    de: 'Unbekannte sagen ihren Namen, bevor es klingelt',
  },
  when: [
    { kind: 'who', not: false, are: ['stranger'] },
    { kind: 'who', not: true, are: ['internal'] },
  ],
  action: { kind: 'take', gate: { kind: 'name' } },
}
