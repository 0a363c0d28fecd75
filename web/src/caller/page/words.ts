import type { CallerClass } from '../../../../src/api/contract.ts'
import { spoken } from '../../i18n/words.ts'

const en = {
  loading: 'Reading what is known …',
  nobody: 'Nothing is known of this caller.',
  classes: {
    blocked: 'Blocked',
    favourite: 'Favourite',
    known: 'Known',
    unknown: 'Unknown',
  } satisfies Record<CallerClass, string>,
  from: (source: string) => `From the address book ${source}`,
  isBlocked: 'blocked',
  makeFavourite: 'Make a favourite',
  noFavourite: 'No favourite',
  block: 'Block',
  unblock: 'Let call again',
  blocked: (name: string) => `Calls of ${name} are refused.`,
  unblocked: (name: string) => `${name} may call again.`,
  favoured: (name: string) => `${name} is a favourite.`,
  unfavoured: (name: string) => `${name} is no favourite.`,
  note: 'Note',
  noteHint: 'Calls and messages are found by it, too.',
  noteSaved: 'The note is saved.',
  history: 'Calls and messages',
  search: 'Search in them',
  none: 'No calls and no messages.',
  noneFound: 'Nothing has that in it.',
  export: 'Save all data as a file',
  erase: 'Delete',
  trash: 'Delete all messages',
  trashHint: 'Messages go to the trash, from where they can be had back.',
  forget: 'Forget calls, names and notes',
  forgetHint:
    'The calls of this caller, the names that were said in them, and the note can be removed for good. Messages stay, and so does a contact.',
  forgetAsked:
    'Remove all calls of this caller for good, the names that were said in them, and the note? They can’t be brought back.',
  forgetSure: 'Forget for good',
  forgotten: (calls: number) =>
    calls === 1
      ? '1 call is forgotten, and what was noted.'
      : `${calls} calls are forgotten, and what was noted.`,
}
export type CallerPageWords = typeof en

const de: CallerPageWords = {
  loading: 'Lese, was bekannt ist …',
  nobody: 'Von diesem Anrufer ist nichts bekannt.',
  classes: { blocked: 'Gesperrt', favourite: 'Favorit', known: 'Bekannt', unknown: 'Unbekannt' },
  from: (source) => `Aus dem Adressbuch ${source}`,
  isBlocked: 'gesperrt',
  makeFavourite: 'Zum Favoriten machen',
  noFavourite: 'Kein Favorit',
  block: 'Sperren',
  unblock: 'Wieder anrufen lassen',
  blocked: (name) => `Anrufe von ${name} werden abgewiesen.`,
  unblocked: (name) => `${name} darf wieder anrufen.`,
  favoured: (name) => `${name} ist Favorit.`,
  unfavoured: (name) => `${name} ist kein Favorit.`,
  note: 'Notiz',
  noteHint: 'Anrufe und Nachrichten werden auch danach gefunden.',
  noteSaved: 'Die Notiz ist gespeichert.',
  history: 'Anrufe und Nachrichten',
  search: 'Darin suchen',
  none: 'Keine Anrufe und keine Nachrichten.',
  noneFound: 'Das kommt nirgends vor.',
  export: 'Alle Daten als Datei sichern',
  erase: 'Löschen',
  trash: 'Alle Nachrichten löschen',
  trashHint: 'Nachrichten kommen in den Papierkorb und lassen sich von dort wiederherstellen.',
  forget: 'Anrufe, Namen und Notizen vergessen',
  forgetHint:
    'Die Anrufe dieses Anrufers, die Namen, die dabei gesagt wurden, und die Notiz lassen sich endgültig entfernen. Nachrichten bleiben, ein Kontakt auch.',
  forgetAsked:
    'Alle Anrufe dieses Anrufers endgültig entfernen, die Namen, die dabei gesagt wurden, und die Notiz? Sie lassen sich nicht wiederherstellen.',
  forgetSure: 'Endgültig vergessen',
  forgotten: (calls) =>
    calls === 1
      ? '1 Anruf ist vergessen, und was notiert war.'
      : `${calls} Anrufe sind vergessen, und was notiert war.`,
}

/** The words of a caller's page, in each language of the page. */
export const pageWords = spoken<CallerPageWords>({ en, de })
