import type { ReadyMade } from './ready-made.ts'

/** Whom the owner knows is let through, whatever strangers say of the number. */
export const listedToJunk: ReadyMade = {
  key: 'listed-to-junk',
  name: { en: 'Numbers on block lists go to junk', de: 'Nummern auf Sperrlisten kommen in den Spam' },
  when: [
    { kind: 'listed', not: false, lists: [] },
    { kind: 'who', not: true, are: ['contact'] },
  ],
  action: { kind: 'take', phones: [], junk: true },
}
