import type { ReadyMade } from './ready-made.ts'

/** Whoever calls again and again has something urgent, even at night. */
export const repeated: ReadyMade = {
  key: 'repeated',
  name: { en: 'Third call in ten minutes rings through', de: 'Dritter Anruf in zehn Minuten kommt durch' },
  when: [{ kind: 'calls', not: false, atLeast: 3, minutes: 10 }],
  action: { kind: 'take' },
  first: true,
}
