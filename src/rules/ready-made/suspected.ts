import type { ReadyMade } from './ready-made.ts'

export const suspected: ReadyMade = {
  key: 'suspected',
  name: { en: 'Suspected spam goes to junk', de: 'Spamverdacht kommt in den Spam' },
  when: [
    { kind: 'suspected', not: false },
    { kind: 'who', not: true, are: ['contact'] },
  ],
  action: { kind: 'take', phones: [], junk: true },
}
