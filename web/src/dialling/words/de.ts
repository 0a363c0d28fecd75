import type { DialWords } from './dial-words.ts'

/** The words of dialling and of giving a caller away, in German. */
export const de: DialWords = {
  heading: 'Telefon',
  number: 'Nummer oder Name eines Telefons',
  keys: 'Tasten',
  back: 'Letzte Taste löschen',
  call: 'Anrufen',
  callPhone: (phone) => `${phone} anrufen`,
  through: (line) => `Nummern werden über ${line} angerufen.`,
  noLine:
    'Nummern draußen lassen sich noch nicht anrufen: Keine Leitung lässt Telefone hinaus. Ein Eigentümer erlaubt es in den Einstellungen einer Leitung.',
  contacts: 'Kontakte',
  noneFound: 'Kein Kontakt hat diesen Namen oder diese Nummer.',
  found: (count) => (count === 1 ? '1 Kontakt gefunden' : `${count} Kontakte gefunden`),
  callContact: (name, number) => `${name} anrufen, ${number}`,
  phones: 'Telefone im Haus',
  noPhones: 'Es gibt noch keine. Sie werden in den Einstellungen angelegt.',
  there: 'Verbunden',
  away: 'Nicht verbunden',
  rings: 'Dort klingelt es',
  busy: (name) => `${name} spricht gerade oder hat abgelehnt.`,
  nobody: (name) => `${name} antwortet nicht.`,
  unknown: (name) => `Es gibt kein Telefon namens ${name}, und eine Nummer ist es nicht.`,
  notAllowed:
    'Keine Leitung lässt Telefone hinaus. Ein Eigentümer erlaubt es in den Einstellungen einer Leitung.',
  failed: 'Der Anruf kam nicht zustande. Versuchen Sie es gleich noch einmal.',
  give: 'Weitergeben …',
  giveTo: (phone) => `An ${phone} geben`,
  askFirst: (phone) => `${phone} erst fragen`,
  giving: (phone) => `Es klingelt bei ${phone}. Der Anrufer bleibt bei Ihnen, bis dort jemand abnimmt.`,
  given: (phone) => `${phone} hat jetzt den Anrufer`,
  notGiven: (phone) => `${phone} hat nicht abgenommen. Der Anrufer ist noch bei Ihnen.`,
  nobodyToGive: 'Kein anderes Telefon ist verbunden.',
}
