import type { SaidWords } from './said-words.ts'

/** Dasselbe auf Deutsch. */
export const de: SaidWords = {
  live: 'Was der Anrufer sagt',
  heading: 'Was gesagt wurde',
  playFrom: (at) => `Ab ${at} abspielen`,
  callBack: (number) => `${number} anrufen`,
  toCalendar: (when) => `In den Kalender: ${when}`,
  waiting: 'Es wird gerade aufgeschrieben …',
  waitsAfter: (why) => `Noch ließ es sich nicht aufschreiben; es wird wieder versucht: ${why}`,
  partial: 'Mitgehört, während die Nachricht hinterlassen wurde; das Ganze wird gerade aufgeschrieben …',
  nothing: 'Es waren keine Worte zu verstehen.',
  failed: (why) => `Es ließ sich nicht aufschreiben: ${why}`,
  again: 'Noch einmal versuchen',
}
