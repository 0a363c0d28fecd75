import type { ContactWords } from './contact-words.ts'

/** The words of contacts, in German. */
export const de: ContactWords = {
  lead: 'Anrufer, die Sie mit Namen kennen. Auch Ihre Telefone zeigen ihn; Anrufer erfahren nie davon.',
  none: 'Noch keine Kontakte',
  noneHelp:
    'Fügen Sie jemanden aus einer Nachricht oder einem Anruf hinzu, schreiben Sie hier jemanden auf, oder lesen Sie eine Datei ein.',
  noneFound: 'So heißt niemand.',
  search: 'Kontakte durchsuchen',
  count: (count) => (count === 0 ? 'Niemand' : count === 1 ? '1 Kontakt' : `${count} Kontakte`),
  add: 'Kontakt anlegen',
  added: (name) => `${name} ist jetzt ein Kontakt.`,
  changed: (name) => `${name} ist gesichert.`,
  removed: (name) => `${name} ist kein Kontakt mehr.`,
  removeAsk: (name) =>
    `Den Kontakt ${name} entfernen? Die Anrufe und Nachrichten bleiben, unter ihren Nummern.`,
  synced: (source) =>
    `Aus dem Adressbuch ${source}: Name und Nummern werden dort geändert. Favorit und Notiz bleiben hier.`,
  name: 'Name',
  note: 'Notiz',
  noteHint: 'Auch nach ihr lassen sich Nachrichten finden.',
  favourite: 'Favorit',
  favouriteHint: 'Regeln können Favoriten bevorzugen: sie etwa nachts klingeln lassen.',
  numbers: 'Nummern',
  number: (place) => `Nummer ${place}`,
  addNumber: 'Weitere Nummer',
  removeNumber: (number) => `Nummer ${number} entfernen`,
  addTo: (number) => `Wem gehört ${number}?`,
  somebodyNew: 'Jemand Neues',
  filesHint:
    'Adressbücher geben Kontakte als Datei heraus (.vcf, oder .csv von Google, Outlook und Tabellen). Dieselbe zweimal zu übernehmen ändert nichts.',
  lookAt: 'Noch ist nichts übernommen: sehen Sie nach, was käme.',
  takeIn: 'Übernehmen',
  wouldBe: ({ added, changed, unchanged, withoutNumber }) =>
    `${added} kämen dazu, ${changed} bekämen weitere Nummern, ${unchanged} blieben${withoutNumber > 0 ? `, ${withoutNumber} ohne Nummer blieben weg` : ''}.`,
  unknownColumns: (columns) => `Aus diesen Spalten wird nichts übernommen: ${columns}.`,
  import: 'Datei einlesen',
  importing: 'Wird gelesen …',
  export: 'Alle als Datei sichern',
  imported: ({ added, changed, unchanged, withoutNumber }) =>
    `${added} neu, ${changed} mit mehr Nummern, ${unchanged} wie zuvor${withoutNumber > 0 ? `, ${withoutNumber} ohne Nummer ausgelassen` : ''}.`,
  problemsHeading: (count) =>
    count === 1 ? 'Eine Zeile ließ sich nicht einlesen:' : `${count} Zeilen ließen sich nicht einlesen:`,
  line: (line) => `Zeile ${line}`,
  problems: {
    'not-vcard': (text) => `„${text}“ ist keine Zeile einer vCard.`,
    'no-end': (text) => `Die Karte ${text} hat kein Ende.`,
    version: (text) => `Version ${text} wird nicht gelesen; geben Sie vCard 3.0 oder 4.0 aus.`,
    'no-name': (text) => `Die Karte ${text} hat keinen Namen.`,
    'not-csv': (text) => `Die Datei ist hier nicht zu lesen: ${text}.`,
    'no-columns': (text) => `Keine Spalte heißt Name oder Vorname, oder keine Telefon oder Nummer: ${text}`,
    'name-unusable': (text) => `„${text}“ ist zu lang für einen Namen.`,
    'number-unusable': (text) => `„${text}“ ist keine Nummer.`,
    'number-taken': (text) => text,
    'too-many-numbers': (text) => `${text} ist eine Nummer mehr, als ein Kontakt haben kann.`,
  },
}
