import type { ReadyMade } from './ready-made.ts'

/** The caller hears it ring as ever. */
export const night: ReadyMade = {
  key: 'night',
  name: { en: 'At night only favourites ring', de: 'Nachts klingeln nur Favoriten' },
  when: [
    {
      kind: 'hours',
      not: false,
      spans: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '22:00', to: '07:00' }],
    },
    { kind: 'who', not: true, are: ['favourite'] },
  ],
  action: { kind: 'take', phones: [] },
}
