import type { ReadyMade } from './ready-made.ts'

export const closed: ReadyMade = {
  key: 'closed',
  name: {
    en: 'Outside office hours the machine answers at once',
    de: 'Außerhalb der Bürozeiten sofort der Anrufbeantworter',
  },
  when: [
    {
      kind: 'hours',
      not: true,
      spans: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }],
    },
  ],
  action: { kind: 'take', ringSeconds: 0 },
}
