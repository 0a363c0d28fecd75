import type { ReadyMade } from './ready-made.ts'

export const anonymous: ReadyMade = {
  key: 'anonymous',
  name: {
    en: 'Anonymous callers go to the machine at once',
    de: 'Anonyme Anrufer sofort an den Anrufbeantworter',
  },
  when: [{ kind: 'who', not: false, are: ['anonymous'] }],
  action: { kind: 'take', ringSeconds: 0 },
}
