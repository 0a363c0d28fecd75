import { spoken } from '../../i18n/words.ts'

const en = {
  summary: (count: number) => (count === 0 ? 'None' : count === 1 ? '1 account' : `${count} accounts`),
  lead: 'Contacts taken over from a CardDAV server: Nextcloud, Radicale, iCloud … The address book alone says names and numbers; nothing is ever written there. Which are favourites, and your own notes, stay here.',
  none: 'No address book yet',
  noneHelp: 'Add the account of your address book, and its contacts are here, and stay up to date.',
  add: 'Add an account',
  added: (name: string) => `${name} is added, and is being read.`,
  saved: (name: string) => `${name} is saved, and is being read.`,
  removed: (name: string) => `${name} is removed, with its contacts.`,
  kept: (name: string) => `${name} is removed; its contacts are your own now.`,
  name: 'Name',
  url: 'Address',
  urlHint: 'Of the server, as its manual has it for CardDAV. HTTPS, unless it is in your own network.',
  user: 'User',
  password: 'Password',
  passwordHint: 'A password for apps, where the service has such.',
  passwordKept: 'It is kept; leave it empty unless it changes.',
  interval: 'Read',
  intervals: (minutes: number) =>
    minutes < 60
      ? `every ${minutes} minutes`
      : minutes < 1440
        ? minutes === 60
          ? 'every hour'
          : `every ${minutes / 60} hours`
        : 'every day',
  all: 'All its address books',
  allHint: 'New ones, too.',
  books: 'Which address books',
  syncing: 'Is being read …',
  neverRead: 'Not read yet',
  contacts: (count: number) => (count === 1 ? '1 contact' : `${count} contacts`),
  readAt: (when: string) => `read ${when}`,
  withoutNumber: (count: number) =>
    count === 1 ? '1 card without a number is left out.' : `${count} cards without a number are left out.`,
  leftOut: 'These numbers are another contact’s already, and were left to that one:',
  readNow: 'Read now',
  remove: 'Remove with its contacts',
  removeAsk: (name: string) =>
    `Remove ${name}, and all contacts that are from there? The address book itself stays as it is.`,
  keep: 'Remove, and keep its contacts',
  keepAsk: (name: string) =>
    `Remove ${name}, and keep its contacts as your own? They are not updated any more.`,
  problems: {} as Readonly<Record<string, string>>,
}
export type SourceWords = typeof en

const de: SourceWords = {
  summary: (count) => (count === 0 ? 'Keine' : count === 1 ? '1 Konto' : `${count} Konten`),
  lead: 'Kontakte, die von einem CardDAV-Server übernommen werden: Nextcloud, Radicale, iCloud … Namen und Nummern sagt allein das Adressbuch; dorthin wird nie etwas geschrieben. Wer Favorit ist, und eigene Notizen, bleiben hier.',
  none: 'Noch kein Adressbuch',
  noneHelp: 'Fügen Sie das Konto Ihres Adressbuchs hinzu, dann sind seine Kontakte hier und bleiben aktuell.',
  add: 'Konto hinzufügen',
  added: (name) => `${name} ist hinzugefügt und wird gelesen.`,
  saved: (name) => `${name} ist gespeichert und wird gelesen.`,
  removed: (name) => `${name} ist entfernt, samt seinen Kontakten.`,
  kept: (name) => `${name} ist entfernt; seine Kontakte sind jetzt eigene.`,
  name: 'Name',
  url: 'Adresse',
  urlHint: 'Die des Servers, wie seine Anleitung sie für CardDAV nennt. HTTPS, außer im eigenen Netz.',
  user: 'Benutzer',
  password: 'Passwort',
  passwordHint: 'Ein Passwort für Apps, wenn der Dienst so etwas hat.',
  passwordKept: 'Es ist gespeichert; leer lassen, wenn es bleibt.',
  interval: 'Lesen',
  intervals: (minutes) =>
    minutes < 60
      ? `alle ${minutes} Minuten`
      : minutes < 1440
        ? minutes === 60
          ? 'jede Stunde'
          : `alle ${minutes / 60} Stunden`
        : 'täglich',
  all: 'Alle seine Adressbücher',
  allHint: 'Auch neue.',
  books: 'Welche Adressbücher',
  syncing: 'Wird gerade gelesen …',
  neverRead: 'Noch nicht gelesen',
  contacts: (count) => (count === 1 ? '1 Kontakt' : `${count} Kontakte`),
  readAt: (when) => `gelesen ${when}`,
  withoutNumber: (count) =>
    count === 1 ? '1 Karte ohne Nummer ist ausgelassen.' : `${count} Karten ohne Nummer sind ausgelassen.`,
  leftOut: 'Diese Nummern hat schon ein anderer Kontakt, dem sie geblieben sind:',
  readNow: 'Jetzt lesen',
  remove: 'Samt Kontakten entfernen',
  removeAsk: (name) =>
    `${name} und alle Kontakte von dort entfernen? Das Adressbuch selbst bleibt, wie es ist.`,
  keep: 'Entfernen, Kontakte behalten',
  keepAsk: (name) =>
    `${name} entfernen und seine Kontakte als eigene behalten? Sie werden dann nicht mehr erneuert.`,
  problems: {
    AP_CARDDAV_UNREACHABLE: 'Der Server ist nicht zu erreichen. Prüfen Sie die Adresse, und ob er läuft.',
    AP_CARDDAV_UNSAFE: 'Dem Zertifikat des Servers ist nicht zu trauen.',
    AP_CARDDAV_LOGIN_REFUSED:
      'Der Server lehnt die Anmeldung ab. Prüfen Sie Benutzer und Passwort; viele Dienste wollen ein Passwort für Apps.',
    AP_CARDDAV_NO_BOOKS: 'Dort wurde kein Adressbuch gefunden. Prüfen Sie die Adresse.',
    AP_CARDDAV_BOOK_GONE: 'Ein gewähltes Adressbuch gibt es dort nicht mehr. Wählen Sie andere.',
    AP_CARDDAV_TOO_LARGE: 'Die Adressbücher sind zu groß. Wählen Sie weniger davon.',
    AP_CARDDAV_FAILED: 'Der Server hat nicht geantwortet, wie er soll. Es wird wieder versucht.',
  },
}

/** The words of address books, in each language of the page; problems that a language has no words for are told as the machine does. */
export const sourceWords = spoken<SourceWords>({ en, de })
